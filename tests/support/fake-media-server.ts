import {
  type Admission,
  formatIdentity,
  type MediaEvent,
  type MediaIdentity,
  type MediaParticipant,
  type MediaServer,
  MediaUnavailable,
  parseIdentity,
  tokenTtlSeconds,
} from '@/lib/media/media-server';

type Connection = MediaParticipant & { may: { publish: boolean; subscribe: boolean }; isHidden: boolean };
type Room = { createdAtMs: number; connections: Map<string, Connection> };
type Pass = { room: string; identity: string; expiresAtMs: number; as?: Admission };
type Listener = (event: MediaEvent) => void;

export type FakeMediaServer = MediaServer & {
  /** Every call of the port, oldest first. */
  readonly calls: readonly { method: string; args: readonly unknown[] }[];
  /** A browser whose media comes up; answers the sid. Throws when the room isn't there. */
  connect(room: string, identity: MediaIdentity): string;
  /** The same with a token, which must be one of ours and still fresh. */
  connectWith(token: string): { room: string; identity: MediaIdentity; sid: string };
  /** Ends a connection; does nothing when there is none. */
  disconnect(room: string, identity: MediaIdentity): void;
  /** Whom a connection sees in its room. */
  othersOf(room: string, identity: MediaIdentity): MediaIdentity[];
  /** What a connection may do; null when it isn't there. */
  permissionsOf(room: string, identity: MediaIdentity): Connection['may'] | null;
  /** From now on nothing answers, and everything is forgotten without an event, as after a kill. */
  goDown(): void;
  comeBack(): void;
  /** By how much its clock is ahead. */
  setClockOffset(ms: number): void;
  /** The next `count` calls fail. */
  failNext(count: number): void;
  /** Called for joins and leaves as a webhook would be; the test decides to lose, double or reorder them. */
  onEvent(listener: Listener): () => void;
};

/**
 * A media server in memory that keeps the promises of tests/media/contract.ts, so that a test of
 * calls can rely on it as on LiveKit.
 * @param now milliseconds; tests pass their own clock
 */
export function makeFakeMediaServer({
  now = () => Date.now(),
}: {
  now?: () => number;
} = {}): FakeMediaServer {
  const rooms = new Map<string, Room>();
  const calls: { method: string; args: readonly unknown[] }[] = [];
  const listeners = new Set<Listener>();
  let isUp = true;
  let failuresLeft = 0;
  let lastNumber = 0;
  let clockOffsetMs = 0;

  function answering<T>(method: string, args: readonly unknown[], work: () => T): Promise<T> {
    calls.push({ method, args });
    if (failuresLeft > 0) {
      failuresLeft -= 1;
      return Promise.reject(new MediaUnavailable());
    }
    return isUp ? Promise.resolve().then(work) : Promise.reject(new MediaUnavailable());
  }

  function emit(type: MediaEvent['type'], room: string, { identity, sid }: MediaParticipant) {
    lastNumber += 1;
    const event: MediaEvent = { id: `EV_${lastNumber}`, type, room, participant: { identity, sid } };
    for (const listener of listeners) listener(event);
  }

  function drop(room: string, identity: MediaIdentity): boolean {
    const key = formatIdentity(identity);
    const connection = rooms.get(room)?.connections.get(key);
    if (!connection) return false;
    rooms.get(room)?.connections.delete(key);
    emit('participant_left', room, connection);
    return true;
  }

  function connect(room: string, identity: MediaIdentity, as: Admission = 'participant'): string {
    const found = isUp ? rooms.get(room) : undefined;
    if (!found) throw new Error(`no such room: ${room}`);
    // The same identity again: LiveKit ends the old connection first (docs/livekit.md, "Leave").
    drop(room, identity);
    lastNumber += 1;
    const isHidden = as === 'listener';
    const may = { publish: !isHidden, subscribe: true };
    const connection = { identity, sid: `PA_${lastNumber}`, may, isHidden };
    found.connections.set(formatIdentity(identity), connection);
    emit('participant_joined', room, connection);
    return connection.sid;
  }

  return {
    calls,
    publicUrl: 'ws://media.test',

    createRoom: (name) =>
      answering('createRoom', [name], () => {
        if (!rooms.has(name)) rooms.set(name, { createdAtMs: now(), connections: new Map() });
      }),
    deleteRoom: (name) =>
      answering('deleteRoom', [name], () => {
        const room = rooms.get(name);
        for (const { identity } of [...(room?.connections.values() ?? [])]) drop(name, identity);
        return rooms.delete(name);
      }),
    listRooms: (prefix) =>
      answering('listRooms', [prefix], () =>
        [...rooms]
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, { createdAtMs }]) => ({ name, createdAtMs })),
      ),
    findRooms: (names) =>
      answering('findRooms', [names], () =>
        names.flatMap((name) => {
          const room = rooms.get(name);
          return room ? [{ name, createdAtMs: room.createdAtMs }] : [];
        }),
      ),
    listParticipants: (room) =>
      answering('listParticipants', [room], () =>
        [...(rooms.get(room)?.connections.values() ?? [])].map(({ identity, sid }) => ({ identity, sid })),
      ),
    removeParticipant: (room, identity) =>
      answering('removeParticipant', [room, identity], () => drop(room, identity)),
    permit: (room, identity, may) =>
      answering('permit', [room, identity, may], () => {
        const connection = rooms.get(room)?.connections.get(formatIdentity(identity));
        if (!connection) return;
        connection.may = { ...may };
        connection.isHidden = false;
      }),
    // LiveKit isn't asked for a token, so this one works while it is down.
    token(room, identity, name, as = 'participant') {
      calls.push({ method: 'token', args: [room, identity, name, as] });
      const expiresAtMs = now() + tokenTtlSeconds * 1000;
      return Promise.resolve(
        JSON.stringify({
          ...{ room, identity: formatIdentity(identity), expiresAtMs },
          ...(as === 'listener' ? { as } : {}),
        } satisfies Pass),
      );
    },
    measureClock: () => Promise.resolve(isUp),
    clockOffsetMs: () => clockOffsetMs,
    setClockOffset(ms) {
      clockOffsetMs = ms;
    },
    ping() {
      return answering('ping', [], () => true).catch(() => false);
    },

    connect: (room, identity) => connect(room, identity),
    connectWith(token) {
      const pass: Pass = JSON.parse(token);
      const identity = parseIdentity(pass.identity);
      if (!identity || pass.expiresAtMs < now()) throw new Error('refused: not a fresh token of ours');
      return { room: pass.room, identity, sid: connect(pass.room, identity, pass.as) };
    },
    disconnect: (room, identity) => void drop(room, identity),
    othersOf: (room, identity) =>
      [...(rooms.get(room)?.connections.values() ?? [])]
        .filter((one) => !one.isHidden && formatIdentity(one.identity) !== formatIdentity(identity))
        .map((one) => one.identity),
    permissionsOf: (room, identity) =>
      rooms.get(room)?.connections.get(formatIdentity(identity))?.may ?? null,
    goDown() {
      isUp = false;
      rooms.clear();
    },
    comeBack() {
      isUp = true;
    },
    failNext(count) {
      failuresLeft = count;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
