import {
  type CallClient,
  CallError,
  type EnterOptions,
  type EventFeed,
  type KitEvent,
  type SentCallPerson,
  type SentCallView,
} from '@parley/call-kit';
import type { EndReason, Person, RingState } from '@parley/call-protocol';

const ringMs = 60_000;

type Part = {
  clientId: string | null;
  state: 'none' | 'ringing' | 'declined' | 'joined' | 'left';
  isConfirmed: boolean;
};
type Call = {
  id: string;
  callerId: string;
  requestIds: Set<string>;
  parts: Map<string, Part>;
  startedAt: number;
  activeAt: number | null;
  endedAt: number | null;
  endReason: EndReason | null;
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
  const listeners = new Map<string, Set<(event: KitEvent) => void>>();

  function viewFor(viewerId: string, call: Call): SentCallView {
    const own = call.parts.get(viewerId);
    const isRinging = own?.state === 'ringing' && call.endedAt === null;
    const msLeft = Math.max(0, call.startedAt + ringMs - Date.now());
    return {
      id: call.id,
      conversation: { id: [...call.parts.keys()].sort().join('+'), kind: 'direct', title: null },
      callerId: call.callerId,
      viewerId,
      status: call.endedAt !== null ? 'ended' : call.activeAt !== null ? 'active' : 'ringing',
      endReason: call.endReason,
      myRing: isRinging ? { id: `ring_${call.id}`, msLeft, isQuiet: false, ringerId: call.callerId } : null,
      holderClientId: own?.state === 'joined' ? own.clientId : null,
      people: [...call.parts].map(([id, part]) => personIn(call, id, part)),
      elapsedMs: call.activeAt === null ? null : (call.endedAt ?? Date.now()) - call.activeAt,
      revision: call.revision,
    };
  }

  /** An id is enough: the kit finds the name among `users` of the snapshot. */
  function personIn(call: Call, id: string, { state, isConfirmed }: Part): SentCallPerson {
    const { callerId: ringerId } = call;
    const unanswered: RingState = call.endReason === null ? 'ringing' : 'cancelled';
    const ringState = state === 'ringing' ? unanswered : state === 'declined' ? 'declined' : 'accepted';
    const isThere = state === 'joined' || state === 'left';
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
    if (call.endedAt === null && joined < 2 && (joined === 0 || !states.includes('ringing'))) {
      call.endedAt = Date.now();
      const unanswered = states.includes('declined') ? 'declined' : 'cancelled';
      call.endReason = call.activeAt !== null ? 'completed' : unanswered;
    }
    call.revision += 1;
    for (const userId of call.parts.keys())
      for (const listener of listeners.get(userId) ?? [])
        listener({ type: 'call', data: viewFor(userId, call) });
  }

  function clientFor(userId: string): CallClient {
    const mine = (id: string) => {
      const call = calls.get(id);
      const part = call?.parts.get(userId);
      if (!call || !part) throw refuse('not_found', 'There is no such call');
      return { call, part };
    };
    const enter = async (id: string, { clientId = '' }: EnterOptions) => {
      const { call, part } = mine(id);
      if (call.endedAt !== null) throw refuse('call_ended', 'This call has ended', viewFor(userId, call));
      Object.assign(part, { state: 'joined', clientId });
      changed(call);
      return { call: viewFor(userId, call), media: { url: 'memory:', token: id } };
    };
    /** Changes a part once, and only in the state in which it may change. */
    const change = async (id: string, when: Part['state'], next: Partial<Part>) => {
      const { call, part } = mine(id);
      if (call.endedAt === null && part.state === when) {
        Object.assign(part, next);
        changed(call);
      }
      return viewFor(userId, call);
    };
    return {
      async start({ userId: otherId = '' }, { clientId = '', requestId = '' }) {
        if (!people.some(({ id }) => id === otherId)) throw refuse('not_found', 'There is no such person');
        const isOurs = ({ endedAt, parts }: Call) =>
          endedAt === null && parts.has(userId) && parts.has(otherId);
        const call = [...calls.values()].find(isOurs) ?? makeCall(userId, otherId);
        call.requestIds.add(requestId);
        return enter(call.id, { clientId });
      },
      accept: enter,
      join: enter,
      confirmRinging: async (id) => void (await change(id, 'ringing', { isConfirmed: true })),
      decline: (id) => change(id, 'ringing', { state: 'declined' }),
      leave: (id) => change(id, 'joined', { state: 'left' }),
      async leaveByRequest(requestId) {
        const call = [...calls.values()].find(({ requestIds }) => requestIds.has(requestId));
        return call ? change(call.id, 'joined', { state: 'left' }) : null;
      },
      get: async (id) => viewFor(userId, mine(id).call),
    };
  }

  function makeCall(callerId: string, otherId: string): Call {
    const part = (state: Part['state']): Part => ({ clientId: null, state, isConfirmed: false });
    const parts = new Map([callerId, otherId].map((id) => [id, part(id === otherId ? 'ringing' : 'none')]));
    const first = { requestIds: new Set<string>(), startedAt: Date.now(), revision: 0 };
    const open = { activeAt: null, endedAt: null, endReason: null };
    const call = { id: `call_${calls.size}`, callerId, parts, ...first, ...open };
    calls.set(call.id, call);
    return call;
  }

  function eventsFor(userId: string): EventFeed {
    const own = listeners.get(userId) ?? new Set<(event: KitEvent) => void>();
    listeners.set(userId, own);
    return {
      subscribe(listener) {
        const live = [...calls.values()].filter((call) => call.endedAt === null && call.parts.has(userId));
        const views = live.map((call) => viewFor(userId, call));
        const me = { id: userId, doNotDisturb: false };
        listener({ type: 'snapshot', data: { calls: views, me, users: people } });
        own.add(listener);
        return () => own.delete(listener);
      },
      state: () => 'open',
      onState: () => () => {},
      close: () => own.clear(),
    };
  }

  return { clientFor, eventsFor };
}
