import { type CallClient, CallError, type EventFeed, type KitEvent } from '@parley/call-kit';
import type { CallView, CallWithMedia, EndReason, Person } from '@parley/call-protocol';

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

const refuse = (code: 'not_found' | 'call_ended', title: string, call: CallView | null = null) =>
  new CallError(code, { title, detail: '' }, { call });

/** Direct calls between people of one page: the least that the kit needs of a server, without one. */
export function createMemoryTransport(people: readonly Person[]) {
  const calls = new Map<string, Call>();
  const listeners = new Map<string, Set<(event: KitEvent) => void>>();

  function viewFor(viewerId: string, call: Call): CallView {
    const own = call.parts.get(viewerId);
    const isRinging = own?.state === 'ringing' && call.endedAt === null;
    const msLeft = Math.max(0, call.startedAt + ringMs - Date.now());
    return {
      id: call.id,
      conversation: { id: [...call.parts.keys()].sort().join('+'), kind: 'direct', title: null },
      callerId: call.callerId,
      line: null,
      viewerId,
      status: call.endedAt !== null ? 'ended' : call.activeAt !== null ? 'active' : 'ringing',
      endReason: call.endReason,
      myRing: isRinging ? { id: `ring_${call.id}`, msLeft, isQuiet: false, ringerId: call.callerId } : null,
      holderClientId: own?.state === 'joined' ? own.clientId : null,
      people: people.filter(({ id }) => call.parts.has(id)).map((user) => personIn(call, user)),
      elapsedMs: call.activeAt === null ? null : (call.endedAt ?? Date.now()) - call.activeAt,
      revision: call.revision,
    };
  }

  function personIn(call: Call, user: Person): CallView['people'][number] {
    const { state, isConfirmed } = call.parts.get(user.id) as Part;
    const wasRung = user.id !== call.callerId;
    const ringState =
      state === 'ringing'
        ? call.endReason === null
          ? 'ringing'
          : 'cancelled'
        : state === 'declined'
          ? 'declined'
          : 'accepted';
    const isThere = state === 'joined' || state === 'left';
    return {
      user,
      ring: wasRung ? { state: ringState, isConfirmed, ringerId: call.callerId } : null,
      participation: isThere ? { state, isConnecting: false, rejoinMsLeft: null, handPlace: null } : null,
    };
  }

  /** Every change ends here: the call ends when it has to, and both people receive their view of it. */
  function changed(call: Call) {
    const states = [...call.parts.values()].map(({ state }) => state);
    const joined = states.filter((state) => state === 'joined').length;
    if (joined === 2) call.activeAt ??= Date.now();
    if (call.endedAt === null && joined < 2 && (joined === 0 || !states.includes('ringing'))) {
      call.endedAt = Date.now();
      call.endReason =
        call.activeAt !== null ? 'completed' : states.includes('declined') ? 'declined' : 'cancelled';
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
    const enter = (id: string, clientId: string | undefined): CallWithMedia => {
      const { call, part } = mine(id);
      if (call.endedAt !== null) throw refuse('call_ended', 'This call has ended', viewFor(userId, call));
      Object.assign(part, { state: 'joined', clientId: clientId ?? null });
      changed(call);
      return { call: viewFor(userId, call), media: { url: 'memory:', token: id } };
    };
    const set = (id: string, state: Part['state'], when: Part['state']) => {
      const { call, part } = mine(id);
      if (call.endedAt === null && part.state === when) {
        part.state = state;
        changed(call);
      }
      return viewFor(userId, call);
    };
    const confirm = (id: string) => {
      const { call, part } = mine(id);
      if (!part.isConfirmed) {
        part.isConfirmed = true;
        changed(call);
      }
    };
    return {
      async start({ userId: otherId = '' }, { clientId, requestId = '' }) {
        if (!people.some(({ id }) => id === otherId)) throw refuse('not_found', 'There is no such person');
        const live = [...calls.values()].find(
          ({ endedAt, parts }) => endedAt === null && parts.has(userId) && parts.has(otherId),
        );
        const call = live ?? makeCall(userId, otherId);
        call.requestIds.add(requestId);
        return enter(call.id, clientId);
      },
      accept: async (id, { clientId }) => enter(id, clientId),
      join: async (id, { clientId }) => enter(id, clientId),
      move: async (id, { clientId }) => enter(id, clientId),
      confirmRinging: async (id) => confirm(id),
      decline: async (id) => set(id, 'declined', 'ringing'),
      reply: async (id) => set(id, 'declined', 'ringing'),
      leave: async (id) => set(id, 'left', 'joined'),
      async leaveByRequest(requestId) {
        const call = [...calls.values()].find(({ requestIds }) => requestIds.has(requestId));
        return call ? set(call.id, 'left', 'joined') : null;
      },
      get: async (id) => viewFor(userId, mine(id).call),
      ring: async () => null,
      stopRing: async () => null,
      raiseHand: async () => null,
      react: async () => {},
      askReception: async () => {},
      reportReception: async () => {},
    };
  }

  function makeCall(callerId: string, otherId: string): Call {
    const part = (state: Part['state']): Part => ({ clientId: null, state, isConfirmed: false });
    const parts = new Map([
      [callerId, part('none')],
      [otherId, part('ringing')],
    ]);
    const call: Call = {
      id: `call_${calls.size}`,
      callerId,
      requestIds: new Set(),
      parts,
      startedAt: Date.now(),
      activeAt: null,
      endedAt: null,
      endReason: null,
      revision: 0,
    };
    calls.set(call.id, call);
    return call;
  }

  function eventsFor(userId: string): EventFeed {
    const own = new Set<(event: KitEvent) => void>();
    listeners.set(userId, own);
    return {
      subscribe(listener) {
        const live = [...calls.values()].filter((call) => call.endedAt === null && call.parts.has(userId));
        const views = live.map((call) => viewFor(userId, call));
        listener({
          type: 'snapshot',
          data: { calls: views, me: { id: userId, doNotDisturb: false }, users: people },
        });
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
