import { type CallPersonView, type CallView, isInCall, type RingState } from '@parley/call-protocol';
import { callPhase } from '../call-phase';
import { callDurationMs, type HeldCall } from '../call-store';
import type { CallPhase, CallSummary, PersonCallState } from '../view-models';
import { isolateText, joinNames, lengthInWords } from '../words';
import type { DescribedState } from './kit-state';

/** The phase of the call this tab is in; null when it is in none. */
export function phaseOf(
  { entry, room }: Pick<DescribedState, 'entry' | 'room'>,
  held: HeldCall | undefined,
): CallPhase | null {
  if (!entry) return null;
  const view = held?.view ?? null;
  const isBack = entry.hasConnected && room?.connection === 'connecting';
  const connection = isBack
    ? 'reconnecting'
    : (room?.connection ?? (entry.hasConnected ? 'disconnected' : 'connecting'));
  // A connection that never stood is still being made, also between two tries.
  const shown = connection === 'disconnected' && !entry.hasConnected ? 'connecting' : connection;
  return callPhase({ view, connection: shown, isEntering: entry.isEntering });
}

/** What the call of this tab is called and how it is; `now` in milliseconds of the kit's clock. */
export function summaryOf(
  { entry, room }: Pick<DescribedState, 'entry' | 'room'>,
  held: HeldCall | undefined,
  now: number,
): CallSummary | null {
  const phase = phaseOf({ entry, room }, held);
  if (!entry || !phase) return null;
  const self = held?.view.viewerId;
  return {
    callId: entry.callId,
    conversationId: entry.label.conversationId,
    kind: entry.label.kind,
    title: entry.label.title,
    hue: entry.label.hue,
    phase,
    durationMs: held ? callDurationMs(held, now) : null,
    stateText: stateLine(phase, entry.label.title, held?.view ?? null),
    quality: (self && room?.people.get(self)?.quality) || 'unknown',
  };
}

function stateLine(phase: CallPhase, title: string, view: CallView | null): string {
  if (phase === 'connecting') return 'Connecting…';
  if (phase === 'reconnecting') return 'Reconnecting…';
  if (phase === 'ended') return 'Call ended';
  const others = view?.people.filter((person) => person.user.id !== view.viewerId) ?? [];
  if (phase === 'connected') {
    const here = others.filter((person) => isInCall(person.participation));
    const dropped = others.find((person) => person.participation?.state === 'rejoining');
    if (view?.conversation.kind === 'direct') {
      return dropped ? `${dropped.user.displayName}’s connection dropped` : `with ${title}`;
    }
    return here.length === 0 ? title : `with ${joinNames(here.map((person) => person.user.displayName))}`;
  }
  const states = others.map(personState);
  if (states.includes('ringing')) return 'Ringing…';
  if (states.length === 0 || states.includes('calling')) return 'Calling…';
  return states.length === 1 ? (stateWords[states[0] ?? 'calling'] ?? '') : 'No answer';
}

/** One person's state; being in the call overrides every ring word. */
export function personState(person: CallPersonView): PersonCallState {
  const { ring, participation } = person;
  if (participation?.state === 'joined') return participation.isConnecting ? 'connecting' : 'in_call';
  if (participation?.state === 'rejoining') return 'rejoining';
  switch (ring?.state) {
    case 'ringing':
      return ring.isConfirmed ? 'ringing' : 'calling';
    case 'declined':
    case 'unreachable':
    case 'not_allowed':
      return ring.state;
    case 'missed':
      return 'no_answer';
    case 'cancelled':
      return participation ? 'left' : 'cancelled';
    default:
      return participation ? 'left' : 'not_ringing';
  }
}

/** The states as the words on the screen. */
export const stateWords: Record<PersonCallState, string> = {
  calling: 'Calling…',
  ringing: 'Ringing…',
  not_ringing: '',
  connecting: 'Connecting…',
  in_call: '',
  rejoining: 'Reconnecting…',
  declined: 'Declined',
  no_answer: 'No answer',
  unreachable: 'Not reachable',
  not_allowed: 'Not allowed',
  cancelled: 'Not ringing',
  left: 'Left',
};

/** Words for an ended call, for a participant of it; the detail is empty where the title says everything. */
export function endedWords(view: CallView): { title: string; detail: string } {
  const others = view.people.filter((person) => person.user.id !== view.viewerId);
  const one = others.length === 1 ? others[0] : undefined;
  const whom = view.conversation.title ?? joinNames(others.map(({ user }) => user.displayName));
  const joined = others.filter((person) => person.participation !== null);
  switch (view.endReason) {
    case 'declined':
      return one
        ? { title: `${isolateText(one.user.displayName)} declined`, detail: '' }
        : { title: 'Call declined', detail: whom };
    case 'missed': {
      const rang = others.filter(({ ring }) => ring && ring.state !== 'not_allowed');
      const isAll = (state: RingState) => rang.length > 0 && rang.every(({ ring }) => ring?.state === state);
      if (isAll('cancelled')) return { title: 'Call cancelled', detail: whom };
      if (isAll('unreachable')) return { title: 'Not reachable', detail: whom };
      return { title: 'No answer', detail: whom };
    }
    case 'cancelled':
      return { title: 'Call cancelled', detail: whom };
    case 'failed':
      return { title: 'Call failed', detail: 'The connection was lost' };
    default: {
      const names = joinNames(joined.map((person) => person.user.displayName));
      const length = view.elapsedMs === null ? '' : lengthInWords(view.elapsedMs);
      return { title: 'Call ended', detail: [length, names && `with ${names}`].filter(Boolean).join(' ') };
    }
  }
}
