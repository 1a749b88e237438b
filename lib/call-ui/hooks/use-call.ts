import type { CallView } from '@parley/call-protocol';
import { useMemo, useRef } from 'react';
import { callPhase } from '../call-phase';
import { ringMsLeft } from '../call-store';
import { clockNow } from '../clock';
import { summaryOf } from '../controller/describe-call';
import { noticesOf } from '../controller/describe-notices';
import { participantsOf, peopleOf } from '../controller/describe-people';
import { describedPieces, incomingCalls, liveCallIn, ownCall, ringingPieces } from '../controller/kit-state';
import { steadyPeople, steadySummary } from '../controller/steady-people';
import { useController } from '../controller-context';
import type { CallNotice, CallParticipant, CallPhase, CallSummary } from '../view-models';
import { useFirstWords } from '../words/words-context';
import { useKitPieces, useKitState, useNow } from './use-kit';

/** What `useCalls` returns: the live calls, and those that ring. */
export type CallsState = {
  /** Every live call this person can see. */
  live: readonly CallView[];
  /** Calls that ring here, oldest first. */
  incoming: readonly CallView[];
  /** The live call of a conversation, or null. */
  inConversation: (conversationId: string) => CallView | null;
  /** The call of this tab, or null; its duration does not tick here, see `useDuration`. */
  current: CallSummary | null;
};

/**
 * Every live call, and those that ring.
 *
 * @example
 * const { inConversation } = useCalls();
 * const isLive = inConversation(conversationId) !== null;
 */
export function useCalls(): CallsState {
  const state = useKitPieces(ringingPieces);
  const connection = useKitState(({ room }) => room?.connection);
  const passed = useKitState(({ deadlinesPassed }) => deadlinesPassed);
  const { kit } = useController();
  const words = useFirstWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a deadline that passed and a connection that changed are reasons to look again
  return useMemo(() => {
    const { room } = kit.state.get();
    const now = clockNow();
    return {
      live: [...state.store.calls.values()].map(({ view }) => view).filter((view) => view.status !== 'ended'),
      incoming: incomingCalls(state, now).map(({ view }) => view),
      inConversation: (id) => liveCallIn(state, id)?.view ?? null,
      current: summaryOf({ entry: state.entry, room }, ownCall(state), now, words),
    };
  }, [kit, state, connection, passed, words]);
}

/** What `useCall` returns: one call, its people and its notices. */
export type CallState = {
  call: CallView | null;
  /** Null when this tab is not in the call. */
  summary: CallSummary | null;
  phase: CallPhase | null;
  /** The others first, this person last, with ring states; media only of the call this tab is in. */
  people: CallParticipant[];
  notices: CallNotice[];
};

/**
 * One call with its people; ticks once a second while it is this tab's.
 *
 * @param callId Default: the call this tab is in.
 * @example
 * const { phase, people } = useCall();
 */
export function useCall(callId?: string): CallState {
  const { kit } = useController();
  const words = useFirstWords();
  const held = useKitState(({ store, entry }) => store.calls.get(callId ?? entry?.callId ?? ''));
  const isOwn = useKitState(
    ({ entry }) => entry !== null && (callId === undefined || entry.callId === callId),
  );
  const state = useKitPieces(describedPieces);
  const hasCountdown = held?.view.people.some((person) => person.participation?.state === 'rejoining');
  const tick = useNow(isOwn || hasCountdown ? 1000 : null);
  // Stands still between two ticks, so that who speaks changes nothing that has to do with time.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a view that is newer than the tick counts from its arrival
  const now = useMemo(() => Math.max(tick, clockNow()), [tick, held]);
  const described = useMemo(() => {
    if (isOwn) {
      const summary = summaryOf(state, held, now, words);
      const people = participantsOf(kit, state, held, now, words);
      return { summary, phase: summary?.phase ?? null, people, notices: noticesOf(kit, state) };
    }
    const isRingRunning = held ? (ringMsLeft(held, now) ?? 0) > 0 : false;
    const phase = held
      ? callPhase({ view: held.view, connection: null, isEntering: false, isRingRunning })
      : null;
    const people = held ? peopleOf(kit, state, held, now, words) : [];
    return { summary: null, phase, people, notices: [] };
  }, [kit, state, held, isOwn, now, words]);
  return useSteady(held?.view ?? null, described);
}

const noNotices: CallNotice[] = [];

/** Keeps every part of the last description that has not changed. */
function useSteady(call: CallView | null, described: Omit<CallState, 'call'>): CallState {
  const last = useRef<CallState | null>(null);
  const before = last.current?.call?.id === call?.id ? last.current : null;
  const state = {
    call,
    phase: described.phase,
    summary: steadySummary(before?.summary ?? null, described.summary),
    people: steadyPeople(before?.people ?? [], described.people),
    notices: described.notices.length > 0 ? described.notices : noNotices,
  };
  last.current = state;
  return state;
}

/**
 * How long a call has been going on, in milliseconds, ticking; null before anyone but the caller entered.
 *
 * @param callId Default: the call this tab is in.
 * @example
 * const ms = useDuration();
 */
export function useDuration(callId?: string): number | null {
  const store = useKitState((state) => state.store);
  const own = useKitState((state) => state.entry?.callId ?? null);
  const held = store.calls.get(callId ?? own ?? '');
  const tick = useNow(held?.view.status === 'active' ? 1000 : null);
  if (!held || held.view.elapsedMs === null) return null;
  const passed = held.view.status === 'active' ? Math.max(0, tick - held.receivedAt) : 0;
  return held.view.elapsedMs + passed;
}
