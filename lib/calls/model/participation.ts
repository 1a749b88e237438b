import { isInCall, type ParticipationState } from '@parley/call-protocol';
import type { ClientId, SignInId, UserId } from '@/lib/ids';

/** Who holds the participation; after they left, who held it last. All `…At` are milliseconds of `clock.now()`. */
export type Holder = {
  userId: UserId;
  clientId: ClientId;
  signInId: SignInId;
  enteredAt: number;
};

/** A holder who is in the call. */
type Present = Holder & {
  /** Since when their hand is raised; null: it is not. Ends with the participation, and moves along with it. */
  handRaisedAt: number | null;
};

/** Entered, and expected in LiveKit's room until the deadline. */
export type Connecting = Present & {
  state: 'connecting';
  deadlineAt: number;
  /** Set when the person was in the call before: since when nothing is heard of them. */
  droppedAt: number | null;
};

export type Connected = Present & {
  state: 'connected';
  /** LiveKit's id of the connection; changes on every join and full reconnect. */
  mediaSid: string;
};

/** A new client took over, and the previous one keeps talking until the new one is heard. */
export type Moving = Present & {
  state: 'moving';
  /** The previous client. Its sign-in is null for a move that a version without that column began. */
  from: { clientId: ClientId; signInId: SignInId | null };
  /** The new client's connection, once it is up. */
  mediaSid: string | null;
  /** Until the new client is up; then until the previous one is removed. */
  deadlineAt: number;
  droppedAt: number | null;
};

/** The connection dropped, and the rejoin time runs. */
export type Rejoining = Present & { state: 'rejoining'; deadlineAt: number; droppedAt: number };

export type Left = Holder & {
  state: 'left';
  /** When they were last there; null when the call's end took them out of it. */
  droppedAt: number | null;
};

/** One person's part in a call: one for ever, entered again after leaving. */
export type Participation = Connecting | Connected | Moving | Rejoining | Left;
export type InCall = Exclude<Participation, Left>;

const wireStates = {
  connecting: 'joined',
  connected: 'joined',
  moving: 'joined',
  rejoining: 'rejoining',
  left: 'left',
} as const satisfies Record<Participation['state'], ParticipationState>;

/** The state as clients, the database and docs/calls.md know it. */
export function wireStateOf({ state }: Pick<Participation, 'state'>): ParticipationState {
  return wireStates[state];
}

/** The clients that may be in the call's room: the holder, and during a move the previous one. */
export function clientsOf(part: Participation | undefined): ClientId[] {
  if (!isInCall(part)) return [];
  return part.state === 'moving' ? [part.clientId, part.from.clientId] : [part.clientId];
}

/** LiveKit's id of the holder's connection, or null while there is none. */
export function mediaSidOf(part: Participation): string | null {
  return part.state === 'connected' || part.state === 'moving' ? part.mediaSid : null;
}

/** Since when nothing is heard of the person, or when they left; the call's length stops there. */
export function droppedAtOf(part: Participation): number | null {
  return part.state === 'connected' ? null : part.droppedAt;
}

/** Until when the present state can last, or null: for ever. */
export function deadlineOf(part: Participation): number | null {
  return part.state === 'connected' || part.state === 'left' ? null : part.deadlineAt;
}

function holderOf({ userId, clientId, signInId, enteredAt }: Holder): Holder {
  return { userId, clientId, signInId, enteredAt };
}

/** A person who enters, or who was in the call before. */
type Arriving = Holder & Partial<Pick<Present, 'handRaisedAt'>>;

function presentOf(holder: Arriving): Present {
  return { ...holderOf(holder), handRaisedAt: holder.handRaisedAt ?? null };
}

export function connecting(
  holder: Arriving,
  { deadlineAt, droppedAt }: Pick<Connecting, 'deadlineAt' | 'droppedAt'>,
): Connecting {
  return { ...presentOf(holder), state: 'connecting', deadlineAt, droppedAt };
}

export function connected(holder: Arriving, mediaSid: string): Connected {
  return { ...presentOf(holder), state: 'connected', mediaSid };
}

export function moving(
  holder: Arriving,
  { from, deadlineAt, droppedAt }: Pick<Moving, 'from' | 'deadlineAt' | 'droppedAt'>,
): Moving {
  return { ...presentOf(holder), state: 'moving', from, mediaSid: null, deadlineAt, droppedAt };
}

export function rejoining(
  holder: Arriving,
  { deadlineAt, droppedAt }: Pick<Rejoining, 'deadlineAt' | 'droppedAt'>,
): Rejoining {
  return { ...presentOf(holder), state: 'rejoining', deadlineAt, droppedAt };
}

export function left(holder: Holder, droppedAt: number | null): Left {
  return { ...holderOf(holder), state: 'left', droppedAt };
}

/** Everyone whose hand is raised, the first one first. */
export function raisedHands(parts: readonly Participation[]): InCall[] {
  return parts
    .filter((part) => isInCall(part))
    .filter((part) => part.handRaisedAt !== null)
    .sort((a, b) => (a.handRaisedAt ?? 0) - (b.handRaisedAt ?? 0));
}
