import type { Person } from '@parley/call-protocol';
import { type CallStoreState, withPerson } from '../call-store';
import { withPersonIn } from './call-label';
import { emitEvents } from './emitting-events';
import type { Kit, KitParts } from './kit';
import { firstKitState, personIn } from './kit-state';
import { createAlerts } from './owners/alerts';
import { createAttempts } from './owners/attempts';
import { createCalls } from './owners/calls';
import { createCards } from './owners/cards';
import { createChosenMedia } from './owners/chosen-media';
import { createConnection } from './owners/connection';
import { type CallLabel, createCurrentCall } from './owners/current-call';
import { createDevices } from './owners/devices';
import { createDirectory } from './owners/directory';
import { createEarlyRoom } from './owners/early-room';
import { createHearing } from './owners/hearing';
import { createIncomingFocus } from './owners/incoming-focus';
import { createLanguage, wordsIn } from './owners/language';
import { createLeaves } from './owners/leaves';
import { createPeople } from './owners/people';
import { createPlace } from './owners/place';
import { createPopOut } from './owners/pop-out';
import { createReactions } from './owners/reactions';
import { createRings } from './owners/rings';
import { createSwitchQuestion } from './owners/switch-question';
import { createTab } from './owners/tab';
import { createTimers } from './owners/timers';
import { createStateStore } from './state-store';

/** Creates the state of one provider; nothing is requested and no listener runs before the controller does. */
export function createKit(parts: KitParts): Kit {
  const { client, self, features, loadMedia, requestMicrophone } = parts;
  const { isNarrow, afterPaint, onCallEvent, openConversation } = parts;
  const { state, claim } = createStateStore(firstKitState);
  const kit: Kit = {
    ...{ client, self, features, loadMedia, requestMicrophone, isNarrow, afterPaint },
    ...{ onCallEvent, openConversation },
    state,
    alerts: createAlerts(claim('isSoundBlocked', 'wantedSound', 'isRingerTurn', 'titleOwners')),
    attempts: createAttempts(claim('unansweredAttempt')),
    calls: createCalls(
      claim('store'),
      (id) => kit.people.of(id),
      (action, before, after) => {
        emitEvents(kit, action, before, after);
        if (after !== before) forgetEnded(kit, after);
      },
    ),
    cards: createCards(claim('sheet', 'refusal', 'ended', 'moveDismissedId')),
    chosenMedia: createChosenMedia(),
    connection: createConnection(claim('room')),
    currentCall: createCurrentCall(claim('entry', 'isMoving')),
    devices: createDevices(
      claim(
        'microphoneProblem',
        'busy',
        'errors',
        'screenEnded',
        'isMuteAssumed',
        'volumes',
        'screenVolumes',
      ),
    ),
    directory: createDirectory(claim('stream', 'serverVersion', 'users', 'conversations', 'me')),
    earlyRoom: createEarlyRoom(),
    hearing: createHearing(claim('hearing', 'receptions')),
    incomingFocus: createIncomingFocus(),
    language: createLanguage(claim('words'), () => kit.people.renamePlaceholders()),
    leaves: createLeaves(claim('leftIds')),
    people: createPeople(claim('named'), {
      resolver: parts.resolver,
      known: (id) => (id === self.id ? self : personIn(state.get(), id)),
      placeholder: () => wordsIn(state.get()).person.unknown,
      onChange: (before, now) => replacePerson(kit, before, now),
    }),
    place: createPlace(claim('isExpanded', 'isChatOpen', 'focus', 'pinnedId', 'screens', 'bars')),
    popOut: createPopOut(claim('popOut')),
    reactions: createReactions(claim('reactions')),
    rings: createRings(claim('answering', 'frontRingId', 'changingRings')),
    switchQuestion: createSwitchQuestion(claim('switching')),
    tab: createTab(claim('clientId', 'wokeAt', 'deadlinesPassed'), parts.takeClientId),
    timers: createTimers(),
  };
  return kit;
}

/** Shows one person in the place of another wherever that very object stands. */
function replacePerson(kit: Kit, before: Person, now: Person) {
  const relabel = (label: CallLabel) => withPersonIn(label, before, now);
  kit.state.batch(() => {
    kit.calls.apply({ type: 'person', before, now });
    kit.currentCall.relabel(relabel);
    kit.switchQuestion.relabel(relabel);
    kit.cards.relabel(relabel, (view) => withPerson(view, before, now));
  });
}

/** What is kept about rings and calls is removed with them: a tab may stay open for weeks. */
function forgetEnded({ rings, leaves }: Pick<Kit, 'rings' | 'leaves'>, store: CallStoreState) {
  rings.forgetEnded(new Set([...store.calls.values()].map(({ view }) => view.myRing?.id)));
  leaves.forgetEnded((callId) => (store.calls.get(callId)?.view.status ?? 'ended') !== 'ended');
}
