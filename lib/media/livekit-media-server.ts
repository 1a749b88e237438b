import 'server-only';
import { AccessToken, ParticipantInfo_State, RoomServiceClient, TwirpError } from 'livekit-server-sdk';
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

export type LiveKitAddress = {
  /** As the app reaches the server; ws(s) or http(s). */
  url: string;
  /** As browsers reach it. */
  publicUrl: string;
  apiKey: string;
  apiSecret: string;
};

/**
 * The port to a LiveKit server. Promises what `MediaServer` says; holds no state, so that any
 * number of them may talk to the same server.
 */
export function makeLiveKitMediaServer({ url, publicUrl, apiKey, apiSecret }: LiveKitAddress): MediaServer {
  const httpUrl = url.replace(/^ws/, 'http');
  // Failover would try other servers after a failure, past our time limit; there is only one server.
  const rooms = new RoomServiceClient(httpUrl, apiKey, apiSecret, {
    requestTimeout: mediaTimeoutMs / 1000,
    failover: false,
  });

  return {
    publicUrl,

    async createRoom(name) {
      await ask(() =>
        rooms.createRoom({
          name,
          emptyTimeout: emptyTimeoutSeconds,
          departureTimeout: departureTimeoutSeconds,
        }),
      );
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

    token(room, identity, name) {
      const token = new AccessToken(apiKey, apiSecret, {
        identity: formatIdentity(identity),
        name,
        ttl: tokenTtlSeconds,
      });
      token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: false });
      return token.toJwt();
    },

    async ping() {
      try {
        const answer = await fetch(httpUrl, { signal: AbortSignal.timeout(mediaTimeoutMs) });
        return answer.ok;
      } catch {
        return false;
      }
    },
  };
}

/** Does it, or reports that there was nothing to do it to. */
async function ifThere(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (error) {
    if (error instanceof TwirpError && error.code === 'not_found') return false;
    throw new MediaUnavailable(error);
  }
}

async function ask<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw new MediaUnavailable(error);
  }
}

/** `creationTimeMs` is 0 from servers older than the field. */
function roomOf(room: { name: string; creationTime: bigint; creationTimeMs: bigint }): MediaRoom {
  return {
    name: room.name,
    createdAtMs: Number(room.creationTimeMs) || Number(room.creationTime) * 1000,
  };
}
