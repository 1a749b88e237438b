import type { ClientId, UserId } from '@/lib/ids';

/** Identifies one connection: user and client. LiveKit stores it as one string, the identity. */
export type MediaIdentity = { userId: UserId; clientId: ClientId };

export type MediaParticipant = {
  identity: MediaIdentity;
  /** LiveKit's id of this connection; a new one on every join and full reconnect. */
  sid: string;
};

/**
 * How a pass lets its bearer in. `listener`: hidden and without a voice; the others neither see, hear nor count it, and
 * nothing in the room changes with it. Such a connection takes part only once `permit` lets it.
 */
export type Admission = 'participant' | 'listener';

/** `createdAtMs` is wall-clock time. */
export type MediaRoom = { name: string; createdAtMs: number };

/**
 * The only port to LiveKit. Every method rejects with `MediaUnavailable` when the server does not
 * respond within `mediaTimeoutMs`; what isn't there is not an error.
 */
export type MediaServer = {
  /** Makes the room; an existing one stays as it is. */
  createRoom(name: string): Promise<void>;
  /** Deletes the room and disconnects everyone in it; returns false when there was none. */
  deleteRoom(name: string): Promise<boolean>;
  /** The rooms that start with `prefix`; others on the same server are none of our business. */
  listRooms(prefix: string): Promise<MediaRoom[]>;
  /** Those of these rooms that exist; none for no names. Costs the same however many others there are. */
  findRooms(names: readonly string[]): Promise<MediaRoom[]>;
  /** Who is in the room; empty for a missing room. Identities that are not Parley's are left out. */
  listParticipants(room: string): Promise<MediaParticipant[]>;
  /** Disconnects one participant; returns false when there was none. */
  removeParticipant(room: string, identity: MediaIdentity): Promise<boolean>;
  /** Changes a connected participant's permissions at once; a listener with any is hidden no longer. */
  permit(room: string, identity: MediaIdentity, may: { publish: boolean; subscribe: boolean }): Promise<void>;
  /**
   * A pass for exactly this room and identity that opens a connection for `tokenTtlSeconds`.
   *
   * @param as Default: `participant`
   */
  token(room: string, identity: MediaIdentity, name: string, as?: Admission): Promise<string>;
  /** The address for browsers, sent together with the token. */
  readonly publicUrl: string;
  /** Returns whether the server responds and takes our key. */
  ping(): Promise<boolean>;
  /** Asks the server for its time; never rejects. Returns whether it responds, whatever it makes of our key. */
  measureClock(): Promise<boolean>;
  /** Milliseconds by which the server's clock is ahead of ours, as last measured; 0 below 10 s. */
  clockOffsetMs(): number;
};

/** Below 2 s, because that is when a start without LiveKit fails (docs/cases.md, case 9). */
export const mediaTimeoutMs = 1700;
export const tokenTtlSeconds = 60;
/** Beyond this the server's clock is named in the log: LiveKit itself tolerates a minute. */
export const clockNamedFromMs = 30_000;

const mark = Symbol.for('parley.MediaUnavailable');

/**
 * LiveKit did not respond, or responded with a failure of its own. Known by a mark, because boot, which
 * makes the port, and the routes have copies of this class each (lib/errors.ts).
 */
export class MediaUnavailable extends Error {
  readonly [mark] = true;

  static override [Symbol.hasInstance](value: unknown): value is MediaUnavailable {
    return value instanceof Error && mark in value;
  }

  constructor(cause?: unknown) {
    super('the media server does not answer', { cause });
    this.name = 'MediaUnavailable';
  }
}

/** A verified LiveKit webhook in our own types. */
export type MediaEvent = {
  id: string;
  type: 'participant_joined' | 'participant_left' | 'other';
  room: string;
  participant: MediaParticipant | null;
};

/** `user_…` and a tab's id contain no dot. */
export function formatIdentity({ userId, clientId }: MediaIdentity): string {
  return `${userId}.${clientId}`;
}

/** Returns null for an identity that Parley did not issue. */
export function parseIdentity(text: string): MediaIdentity | null {
  const match = /^(user_[a-z0-9]+)\.([A-Za-z0-9_-]+)$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  return { userId: match[1] as UserId, clientId: match[2] as ClientId };
}
