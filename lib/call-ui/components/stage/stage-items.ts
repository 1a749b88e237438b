import type { StageItem } from '../../stage/stage-frame';
import type { CallParticipant } from '../../view-models';
import { isAway, lastOneMissing } from '../participant-presence';

/** People who get a tile: those here and those who are rung; who is away only while there is room. */
function peopleOnStage(people: CallParticipant[]): CallParticipant[] {
  const around = people.filter((who) => !isAway(who));
  const away = people.filter(isAway);
  return around.length + away.length <= 12 ? [...around, ...away] : around;
}

/** Everyone and every screen on the stage. While the call waits for one person, only them and pictures of others. */
export function stageItems(people: CallParticipant[]): StageItem[] {
  const missing = lastOneMissing(people);
  return peopleOnStage(people).flatMap((who): StageItem[] => {
    const { isSelf } = who;
    const personId = who.person.id;
    const screen: StageItem[] = who.screen
      ? [{ key: screenKey(personId), personId, kind: 'screen', isSelf }]
      : [];
    if (who === missing) return [{ key: personId, personId, kind: 'missing', isSelf }];
    // Before the participant returns, the viewer's own face carries no information.
    if (missing && !who.camera) return screen;
    return [{ key: personId, personId, kind: who.camera ? 'picture' : 'face', isSelf }, ...screen];
  });
}

export const screenKey = (personId: string) => `screen ${personId}`;

/**
 * Height of the words beneath the faces: a name of two lines or of one with its state, and perhaps a button. The same
 * with and without a state, so that no face moves while a newcomer connects.
 */
export function labelHeight(people: CallParticipant[]): number {
  if (people.some((who) => who.ringAgain !== null)) return 20 + 18 + 4 + 36;
  return 40;
}
