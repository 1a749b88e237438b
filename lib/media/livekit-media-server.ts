import 'server-only';
import { SignJWT } from 'jose';
import { ParticipantInfo_State, RoomServiceClient, TwirpError, type VideoGrant } from 'livekit-server-sdk';
import { type LiveKitClock, makeLiveKitClock } from './livekit-clock';
import {
  formatIdentity,
  type MediaRoom,
  type MediaServer,
  MediaUnavailable,
  mediaTimeoutMs,
  parseIdentity,
  tokenTtlSeconds,
} from './media-server';

/** Longer than any ring (at most 120 s): an empty room is ours to delete, not LiveKit's. */
const emptyTimeoutSeconds = 300;
/** Longer than any rejoin time (at most 60 s), for the same reason. */
const departureTimeoutSeconds = 120;
/** Requests to the API are signed anew each time. */
const requestTtlSeconds = 60;

export type LiveKitAddress = {
  /** As the app reaches the server; ws(s) or http(s). */
  url: string;
  /** As browsers reach it. */
  publicUrl: string;
  apiKey: string;
  apiSecret: string;
  /** Our wall clock, in milliseconds since 1970. */
  wallNow?: () => number;
};

/**
 * The port to a LiveKit server. Promises what `MediaServer` says; holds nothing but how far the server's
 * clock is off, so that any number of them may talk to the same server.
 */
export function makeLiveKitMediaServer({
  url,
  publicUrl,
  apiKey,
  apiSecret,
  wallNow = Date.now,
}: LiveKitAddress): MediaServer {
  const httpUrl = url.replace(/^ws/, 'http');
  const clock = makeLiveKitClock(wallNow);
  const sign = makeSigner({ apiKey, apiSecret, clock });
  // Failover would try other servers after a failure, past our time limit; there is only one server.
  const options = { requestTimeout: mediaTimeoutMs / 1000, failover: false };
  const rooms = new RoomServiceByItsClock(httpUrl, apiKey, apiSecret, options, (video) =>
    sign({ video }, requestTtlSeconds),
  );

  /** False when nothing responds; else the clock is known. */
  async function measureClock(): Promise<boolean> {
    const sentAt = wallNow();
    try {
      const answer = await fetch(httpUrl, { signal: AbortSignal.timeout(mediaTimeoutMs) });
      clock.noteAnswer(answer.headers.get('date'), sentAt);
      return answer.ok;
    } catch {
      return false;
    }
  }

  /** A request that LiveKit refuses, perhaps for its time, is repeated once the clock turns out to be another. */
  async function ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      const before = clock.offsetMs();
      const isRefused = error instanceof TwirpError && error.status === 401;
      if (!isRefused || !(await measureClock()) || clock.offsetMs() === before) throw failureOf(error);
      return request().catch((again: unknown) => {
        throw failureOf(again);
      });
    }
  }

  /** Does it, or reports that there was nothing to do it to. */
  const ifThere = (request: () => Promise<unknown>): Promise<boolean> =>
    ask(async () => {
      try {
        await request();
        return true;
      } catch (error) {
        if (error instanceof TwirpError && error.code === 'not_found') return false;
        throw error;
      }
    });

  /** `createdAtMs` by our clock. `creationTimeMs` is 0 from servers older than the field. */
  const roomOf = (room: RoomInfo): MediaRoom => ({
    name: room.name,
    createdAtMs: stampOf(room) - clock.offsetMs(),
  });

  return {
    publicUrl,
    clockOffsetMs: clock.offsetMs,

    measureClock,

    async createRoom(name) {
      const { sentAt, room } = await ask(async () => {
        const since = wallNow();
        const made = await rooms.createRoom({
          name,
          emptyTimeout: emptyTimeoutSeconds,
          departureTimeout: departureTimeoutSeconds,
        });
        return { sentAt: since, room: made };
      });
      clock.noteNewRoom(stampOf(room), sentAt);
    },

    deleteRoom: (name) => ifThere(() => rooms.deleteRoom(name)),

    async listRooms(prefix) {
      const all = await ask(() => rooms.listRooms());
      return all.filter((room) => room.name.startsWith(prefix)).map(roomOf);
    },

    async findRooms(names) {
      // LiveKit takes no names for all of them.
      return names.length === 0 ? [] : (await ask(() => rooms.listRooms([...names]))).map(roomOf);
    },

    async listParticipants(room) {
      const everyone = await ask(() => rooms.listParticipants(room));
      return everyone.flatMap(({ identity, sid, state }) => {
        // Only ACTIVE has media up; the states before it belong to `participant_joined` not sent yet.
        const known = state === ParticipantInfo_State.ACTIVE ? parseIdentity(identity) : null;
        return known ? [{ identity: known, sid }] : [];
      });
    },

    removeParticipant: (room, identity) =>
      ifThere(() => rooms.removeParticipant(room, formatIdentity(identity))),

    async permit(room, identity, may) {
      // LiveKit replaces all permissions at once: what isn't named here is off.
      const permission = { canPublish: may.publish, canSubscribe: may.subscribe, canPublishData: false };
      await ifThere(() => rooms.updateParticipant(room, formatIdentity(identity), { permission }));
    },

    async token(room, identity, name, as = 'participant') {
      if (!clock.isKnown()) await measureClock();
      const mayJoin = { roomJoin: true, room, canSubscribe: true, canPublishData: false };
      // Of this kind, because a room says to everyone in it how many people it has, and does not count these.
      const listener = { kind: 'agent', video: { ...mayJoin, canPublish: false, hidden: true } };
      const claims = as === 'listener' ? listener : { video: { ...mayJoin, canPublish: true } };
      return sign({ name, ...claims }, tokenTtlSeconds, formatIdentity(identity));
    },

    async ping() {
      // A server that responds may still refuse our key or our clock, and then no call can start.
      const isUp = await measureClock();
      return (
        isUp &&
        (await ask(() => rooms.listRooms(['-']))
          .then(() => true)
          .catch(() => false))
      );
    },
  };
}

type RoomInfo = { name: string; creationTime: bigint; creationTimeMs: bigint };

/** By LiveKit's clock. */
const stampOf = (room: RoomInfo) => Number(room.creationTimeMs) || Number(room.creationTime) * 1000;

type Claims = { name?: string; kind?: string; video: VideoGrant };
type Signer = { apiKey: string; apiSecret: string; clock: LiveKitClock };

/** Signs as AccessToken of the SDK does, which knows no clock but our own. */
function makeSigner({ apiKey, apiSecret, clock }: Signer) {
  const secret = new TextEncoder().encode(apiSecret);
  return (claims: Claims, ttlSeconds: number, subject?: string): Promise<string> => {
    const now = Math.floor(clock.now() / 1000);
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(apiKey)
      .setNotBefore(now)
      .setExpirationTime(now + ttlSeconds);
    return (subject === undefined ? token : token.setSubject(subject)).sign(secret);
  };
}

class RoomServiceByItsClock extends RoomServiceClient {
  readonly #sign: (grant: VideoGrant) => Promise<string>;

  constructor(
    host: string,
    apiKey: string,
    apiSecret: string,
    options: ConstructorParameters<typeof RoomServiceClient>[3],
    sign: (grant: VideoGrant) => Promise<string>,
  ) {
    super(host, apiKey, apiSecret, options);
    this.#sign = sign;
  }

  override async authHeader(grant: VideoGrant): Promise<Record<string, string>> {
    return { Authorization: `Bearer ${await this.#sign(grant)}` };
  }
}

/** LiveKit repeats the token in the words of a refusal: they are replaced, because failures are logged. */
function failureOf(error: unknown): MediaUnavailable {
  if (!(error instanceof TwirpError) || error.status !== 401) return new MediaUnavailable(error);
  const isTime = /not valid yet|expired/.test(error.message);
  const why = isTime
    ? 'its clock and ours differ'
    : 'LIVEKIT_API_KEY and LIVEKIT_API_SECRET are no pair of its';
  return new MediaUnavailable(new Error(`LiveKit refuses our requests: ${why}`));
}
