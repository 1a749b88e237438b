import { type CallClient, CallError, type EventFeed, type SentCallView } from '@parley/call-kit';
import type { EndReason, Person } from '@parley/call-protocol';

const ringMs = 60_000;

type Send = Parameters<EventFeed['subscribe']>[0];
type SentPerson = SentCallView['people'][number];
type Part = { state: 'ringing' | 'declined' | 'joined' | 'left'; isConfirmed?: boolean; clientId?: string };
type Call = {
  id: string;
  callerId: string;
  parts: Map<string, Part>;
  startedAt: number;
  activeAt?: number;
  ended?: { at: number; reason: EndReason };
  revision: number;
};

const refuse = (code: 'not_found' | 'call_ended', title: string, call: SentCallView | null = null) =>
  new CallError(code, { title, detail: '' }, { call });

/**
 * Direct calls between people of one page: the least that the kit needs of a server, without one. Its clients have the
 * commands that every call needs, so that the kit shows neither replies nor reactions, hands and the sound check.
 */
export function createMemoryTransport(people: readonly Person[]) {
  const calls = new Map<string, Call>();
  const callOfRequest = new Map<string, Call>();
  const streams = new Set<{ userId: string; send: Send }>();

  function viewFor(viewerId: string, call: Call): SentCallView {
    const { id, callerId, parts, startedAt, activeAt, ended, revision } = call;
    const own = parts.get(viewerId);
    const msLeft = Math.max(0, startedAt + ringMs - Date.now());
    const myRing = { id: `ring_${id}`, msLeft, isQuiet: false, ringerId: callerId };
    return {
      id,
      conversation: { id: [...parts.keys()].sort().join('+'), kind: 'direct', title: null },
      callerId,
      viewerId,
      status: ended ? 'ended' : activeAt ? 'active' : 'ringing',
      endReason: ended?.reason ?? null,
      myRing: own?.state === 'ringing' && !ended ? myRing : null,
      holderClientId: (own?.state === 'joined' && own.clientId) || null,
      people: [...parts].map(([userId, part]) => personIn(call, userId, part)),
      elapsedMs: activeAt ? (ended?.at ?? Date.now()) - activeAt : null,
      revision,
    };
  }

  /** An id is enough: the kit finds the name among `users` of the snapshot. */
  function personIn({ callerId: ringerId, ended }: Call, id: string, part: Part): SentPerson {
    const { state, isConfirmed = false } = part;
    const isThere = state === 'joined' || state === 'left';
    const ringState = isThere ? 'accepted' : state === 'ringing' && ended ? 'cancelled' : state;
    return {
      user: { id },
      ring: id === ringerId ? null : { state: ringState, isConfirmed, ringerId },
      participation: isThere ? { state, isConnecting: false, rejoinMsLeft: null } : null,
    };
  }

  /** Every change ends here: the call ends when it has to, and both people receive their view of it. */
  function changed(call: Call) {
    const states = [...call.parts.values()].map(({ state }) => state);
    const joined = states.filter((state) => state === 'joined').length;
    if (joined === 2) call.activeAt ??= Date.now();
    if (joined === 0 || (joined === 1 && !states.includes('ringing'))) {
      const unanswered = states.includes('declined') ? 'declined' : 'cancelled';
      call.ended ??= { at: Date.now(), reason: call.activeAt ? 'completed' : unanswered };
    }
    call.revision += 1;
    for (const { userId, send } of streams)
      if (call.parts.has(userId)) send({ type: 'call', data: viewFor(userId, call) });
  }

  function clientFor(userId: string): CallClient {
    const mine = (id: string) => {
      const call = calls.get(id);
      const part = call?.parts.get(userId);
      if (!call || !part) throw refuse('not_found', 'There is no such call');
      return { call, part };
    };
    const enter: CallClient['join'] = async (id, { clientId = '' }) => {
      const { call, part } = mine(id);
      if (call.ended) throw refuse('call_ended', 'This call has ended', viewFor(userId, call));
      Object.assign(part, { state: 'joined', clientId });
      changed(call);
      return { call: viewFor(userId, call), media: { url: 'memory:', token: id } };
    };
    /** Changes a part once, and only in the state in which it may change. */
    const change = async (id: string, when: Part['state'], next: Partial<Part>) => {
      const { call, part } = mine(id);
      if (!call.ended && part.state === when) {
        Object.assign(part, next);
        changed(call);
      }
      return viewFor(userId, call);
    };
    return {
      async start({ userId: otherId = '' }, { clientId = '', requestId = '' }) {
        if (!people.some(({ id }) => id === otherId)) throw refuse('not_found', 'There is no such person');
        const call = liveOf(userId).find(({ parts }) => parts.has(otherId)) ?? makeCall(userId, otherId);
        callOfRequest.set(requestId, call);
        return enter(call.id, { clientId });
      },
      accept: enter,
      join: enter,
      confirmRinging: async (id) => void (await change(id, 'ringing', { isConfirmed: true })),
      decline: (id) => change(id, 'ringing', { state: 'declined' }),
      leave: (id) => change(id, 'joined', { state: 'left' }),
      async leaveByRequest(requestId) {
        const call = callOfRequest.get(requestId);
        return call ? change(call.id, 'joined', { state: 'left' }) : null;
      },
      get: async (id) => viewFor(userId, mine(id).call),
    };
  }

  const liveOf = (userId: string) =>
    [...calls.values()].filter(({ ended, parts }) => !ended && parts.has(userId));

  function makeCall(callerId: string, otherId: string): Call {
    const parts = new Map<string, Part>();
    parts.set(callerId, { state: 'left' }).set(otherId, { state: 'ringing' });
    const id = `call_${calls.size}`;
    const call = { id, callerId, parts, startedAt: Date.now(), revision: 0 };
    calls.set(id, call);
    return call;
  }

  function eventsFor(userId: string): EventFeed {
    return {
      subscribe(send) {
        const calls = liveOf(userId).map((call) => viewFor(userId, call));
        send({ type: 'snapshot', data: { calls, me: { id: userId, doNotDisturb: false }, users: people } });
        const stream = { userId, send };
        streams.add(stream);
        return () => streams.delete(stream);
      },
      state: () => 'open',
      onState: () => () => {},
      close() {
        for (const stream of streams) if (stream.userId === userId) streams.delete(stream);
      },
    };
  }

  return { clientFor, eventsFor };
}
