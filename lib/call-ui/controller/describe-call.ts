import { type CallPersonView, type CallView, isInCall, type RingState } from '@parley/call-protocol';
import { callPhase } from '../call-phase';
import { callDurationMs, type HeldCall } from '../call-store';
import type { CallPhase, CallSummary, PersonCallState } from '../view-models';
import { lengthInWords } from '../words/in-sentences';
import type { FirstWords } from '../words/ready-words';
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
  words: FirstWords,
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
    stateText: stateLine(phase, entry.label.title, held?.view ?? null, words),
    quality: (self && room?.people.get(self)?.quality) || 'unknown',
  };
}

function stateLine(phase: CallPhase, title: string, view: CallView | null, words: FirstWords): string {
  const { call, ended, person: people } = words;
  if (phase === 'connecting') return call.connecting;
  if (phase === 'reconnecting') return call.reconnecting;
  if (phase === 'ended') return ended.title;
  const others = view?.people.filter((person) => person.user.id !== view.viewerId) ?? [];
  if (phase === 'connected') {
    const here = others.filter((person) => isInCall(person.participation));
    const dropped = others.find((person) => person.participation?.state === 'rejoining');
    if (view?.conversation.kind === 'direct') {
      return dropped ? call.dropped({ name: dropped.user.displayName }) : call.with({ names: title });
    }
    return here.length === 0 ? title : call.with({ names: namesOf(here) });
  }
  const states = others.map(personState);
  if (states.includes('ringing')) return people.state.ringing;
  if (states.length === 0 || states.includes('calling')) return people.state.calling;
  return states.length === 1 ? stateText(states[0] ?? 'calling', words) : people.state.no_answer;
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

/** A state as the words on the screen; '' where there is nothing to say. */
export function stateText(state: PersonCallState, { person }: FirstWords): string {
  return state === 'in_call' || state === 'not_ringing' ? '' : person.state[state];
}

/** Words for an ended call, for a participant of it; the detail is empty where the title says everything. */
export function endedWords(view: CallView, words: FirstWords): { title: string; detail: string } {
  const { ended } = words;
  const others = view.people.filter((person) => person.user.id !== view.viewerId);
  const one = others.length === 1 ? others[0] : undefined;
  const whom = view.conversation.title ?? words.list.all({ names: namesOf(others) });
  const joined = others.filter((person) => person.participation !== null);
  switch (view.endReason) {
    case 'declined':
      return one
        ? { title: ended.declinedBy({ name: one.user.displayName }), detail: '' }
        : { title: ended.declined, detail: whom };
    case 'missed': {
      const rang = others.filter(({ ring }) => ring && ring.state !== 'not_allowed');
      const isAll = (state: RingState) => rang.length > 0 && rang.every(({ ring }) => ring?.state === state);
      if (isAll('cancelled')) return { title: ended.cancelled, detail: whom };
      if (isAll('unreachable')) return { title: ended.unreachable, detail: whom };
      return { title: ended.noAnswer, detail: whom };
    }
    case 'cancelled':
      return { title: ended.cancelled, detail: whom };
    case 'failed':
      return { title: ended.failed, detail: ended.connectionLost };
    default:
      return { title: ended.title, detail: lengthAndNames(view, namesOf(joined), words) };
  }
}

function lengthAndNames({ elapsedMs }: CallView, names: string[], words: FirstWords): string {
  const length = elapsedMs === null ? '' : lengthInWords(elapsedMs, words);
  if (names.length === 0) return length;
  return length ? words.ended.lengthWith({ length, names }) : words.ended.with({ names });
}

const namesOf = (people: readonly CallPersonView[]) => people.map(({ user }) => user.displayName);
