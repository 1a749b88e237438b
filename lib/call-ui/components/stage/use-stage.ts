import { type RefObject, useMemo, useRef, useState } from 'react';
import { layoutStage, mainItem } from '../../stage/layout';
import { assignSeats, noSeats } from '../../stage/seats';
import type { StageFrame, StageLayout } from '../../stage/stage-frame';
import type { CallParticipant, StageView } from '../../view-models';
import { labelHeight, screenKey, stageItems } from './stage-items';
import { useAspects } from './use-aspects';
import { useBox } from './use-box';

/** What stands on the stage, and where. */
export type Stage = {
  /** For the element that people stand in. */
  area: RefObject<HTMLDivElement | null>;
  layout: StageLayout;
  /** Key of the item that is large; null when all are alike. */
  mainKey: string | null;
  /** Few enough for names in large letters. */
  isBig: boolean;
  /** People by id. */
  people: ReadonlyMap<string, CallParticipant>;
  /** People who stand nowhere. */
  unseen: CallParticipant[];
  setPage: (page: number) => void;
};

type StageOptions = {
  people: CallParticipant[];
  place: StageFrame['place'];
  /** Height of the line above the people. */
  bar: number;
  view: StageView;
};

/** Lays the call out for the room it has; anew only when what is shown or the room has changed. */
export function useStage({ people, place, bar, view }: StageOptions): Stage {
  const { ref, box } = useBox<HTMLDivElement>();
  const [page, setPage] = useState(0);
  const aspects = useAspects(ref);
  const seats = useRef(noSeats);
  const { focus, pinnedId, corner } = view;
  const small = labelHeight(people);
  const isBig = place !== 'dock' && people.length <= 6 && small === 40;
  const frame = { ...box, place, bar, label: isBig ? 56 : small };
  const choice = { focus, pinnedId, page, corner };

  const items = stageItems(people).map((item) => {
    const aspect = item.kind === 'picture' ? aspects.get(item.key) : undefined;
    return aspect === undefined ? item : { ...item, aspect };
  });
  // How many are in sight does not depend on who they are.
  const { inSight } = layoutStage(items, frame, choice);
  const seated = people.map((who) => ({
    id: who.person.id,
    isSelf: who.isSelf,
    isSpeaking: who.isSpeaking,
    hasPicture: who.camera !== null,
  }));
  seats.current = assignSeats(seats.current, seated, inSight, pinnedId);
  const seatOf = new Map(seats.current.order.map((id, index) => [id, index]));
  const ordered = [...items].sort((a, b) => (seatOf.get(a.personId) ?? 0) - (seatOf.get(b.personId) ?? 0));

  // A speaker event changes none of it: the tiles keep their rectangles, and none is drawn for its place.
  const signature = JSON.stringify([ordered, frame, choice]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature holds all of them
  const layout = useMemo(() => layoutStage(ordered, frame, choice), [signature]);

  const byId = useMemo(() => new Map(people.map((who) => [who.person.id, who])), [people]);
  const placed = new Set(layout.placed.map(({ key }) => key));
  const unseen = people.filter(({ person: { id } }) => !placed.has(id) && !placed.has(screenKey(id)));
  const mainKey = mainItem(items, focus)?.key ?? null;
  return { area: ref, layout, mainKey, isBig, people: byId, unseen, setPage };
}
