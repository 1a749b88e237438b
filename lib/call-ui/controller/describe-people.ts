import type { CallPersonView, CallView } from '@parley/call-protocol';
import { type HeldCall, rejoinMsLeft } from '../call-store';
import { saveVolume } from '../preferences';
import type { CallParticipant, PersonCallState } from '../view-models';
import type { FirstWords } from '../words/ready-words';
import { changeRing, type RingOwners } from './changing-rings';
import { personState, stateText } from './describe-call';
import type { Kit } from './kit';
import { type DescribedState, lacksMicrophone } from './kit-state';
import { ringKey } from './owners/rings';

export type PeopleOwners = RingOwners & Pick<Kit, 'features' | 'self' | 'state'>;

const canRing: readonly PersonCallState[] = [
  'declined',
  'no_answer',
  'unreachable',
  'cancelled',
  'left',
  'not_ringing',
];

/** Everyone in the call of this tab, in the order of `peopleOf`; before the server's response as far as known. */
export function participantsOf(
  kit: PeopleOwners,
  state: DescribedState,
  held: HeldCall | undefined,
  now: number,
  words: FirstWords,
): CallParticipant[] {
  const { entry } = state;
  if (!entry) return [];
  const { self } = kit;
  if (!held) {
    const waiting = entry.label.people.map((user): CallPersonView => {
      return { user, ring: { state: 'ringing', isConfirmed: false, ringerId: self.id }, participation: null };
    });
    const mine: CallPersonView = {
      user: self,
      ring: null,
      participation: { state: 'joined', isConnecting: true, rejoinMsLeft: null, handPlace: null },
    };
    return [...waiting, mine].map((person) => participant(kit, state, null, person, null, words));
  }
  return peopleOf(kit, state, held, now, words);
}

/**
 * Everyone a call concerns, others first, this person last; `now` in milliseconds of the kit's clock. Of a
 * call that this tab is not in: their states, without media and without a way to ring them.
 */
export function peopleOf(
  kit: PeopleOwners,
  state: DescribedState,
  held: HeldCall,
  now: number,
  words: FirstWords,
): CallParticipant[] {
  const { view } = held;
  const self = kit.self.id;
  const isInThisTab = state.entry?.callId === view.id;
  const seen = isInThisTab ? state : { ...state, room: null };
  const people = [...view.people].sort((a, b) => Number(a.user.id === self) - Number(b.user.id === self));
  return people.map((person) => {
    const who = participant(kit, seen, view, person, rejoinMsLeft(held, person.user.id, now), words);
    return isInThisTab ? who : { ...who, ringAgain: null, stopRinging: null };
  });
}

function participant(
  kit: PeopleOwners,
  state: DescribedState,
  view: CallView | null,
  person: CallPersonView,
  msLeft: number | null,
  words: FirstWords,
): CallParticipant {
  const { user } = person;
  const isSelf = user.id === kit.self.id;
  const media = state.room?.people.get(user.id);
  const known = personState(person);
  // LiveKit shows a participant to this tab before its webhook reaches the server, which may take seconds.
  const at = known === 'connecting' && media ? 'in_call' : known;
  const isLive = view !== null && view.status !== 'ended' && !isSelf;
  const isOwnRing = person.ring?.ringerId === kit.self.id;
  const isRinging = at === 'calling' || at === 'ringing';
  return {
    person: user,
    isSelf,
    state: at,
    stateText: isSelf ? '' : stateText(at, words),
    rejoinMsLeft: isSelf ? null : msLeft,
    isSpeaking: media?.isSpeaking ?? false,
    isMuted: isSelf ? state.room !== null && !state.room.isMicrophoneOn : (media?.isMuted ?? false),
    hasMicrophone: isSelf ? !lacksMicrophone(state) : (media?.hasMicrophone ?? true),
    quality: media?.quality ?? 'unknown',
    camera: media?.camera ?? null,
    screen: media?.screen ?? null,
    trackRefs: media?.trackRefs ?? null,
    handPlace: person.participation?.handPlace ?? null,
    reaction: state.reactions.findLast(({ userId }) => userId === user.id)?.reaction ?? null,
    volume: state.volumes.get(user.id) ?? 100,
    setVolume: (volume) => saveVolume(user.id, volume),
    screenVolume: state.screenVolumes.get(user.id) ?? 100,
    setScreenVolume: (volume) => saveVolume(user.id, volume, 'screenVolumes'),
    ringAgain:
      kit.features.ringMembers && isLive && canRing.includes(at)
        ? () => void changeRing(kit, view.id, user.id, 'ring')
        : null,
    isRingBusy: view !== null && state.changingRings.has(ringKey(view.id, user.id)),
    stopRinging:
      kit.client.stopRing && isLive && isOwnRing && isRinging
        ? () => void changeRing(kit, view.id, user.id, 'stopRing')
        : null,
  };
}
