import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type {
  CallId,
  ClientId,
  ConversationId,
  LinkId,
  MessageId,
  RingId,
  SignInId,
  UserId,
} from '@/lib/ids';

/** Wall-clock milliseconds, for showing. */
const shownAt = (name: string) => integer(name, { mode: 'number' });
/** Milliseconds of the monotonic `clock.now()`: for deadlines and durations. */
const at = (name: string) => integer(name, { mode: 'number' });
const flag = (name: string) => integer(name, { mode: 'boolean' });
/** Raised by every change of the row that a view shows (db/revision.ts). */
const revision = () => integer('revision', { mode: 'number' }).notNull().default(0);

/** Refers to a user, who is never deleted while the row is kept. */
const user = (name: string) =>
  text(name)
    .$type<UserId>()
    .references(() => users.id);
const deletedWithUser = (name: string) =>
  text(name)
    .$type<UserId>()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });
const deletedWithConversation = (name: string) =>
  text(name)
    .$type<ConversationId>()
    .notNull()
    .references(() => conversations.id, { onDelete: 'cascade' });
const deletedWithCall = (name: string) =>
  text(name)
    .$type<CallId>()
    .notNull()
    .references(() => calls.id, { onDelete: 'cascade' });

const permissions = ['everyone', 'known', 'nobody'] as const;

export const users = sqliteTable(
  'users',
  {
    id: text('id').$type<UserId>().primaryKey(),
    username: text('username').notNull().unique(),
    displayName: text('display_name').notNull(),
    /** The display name as people are ordered and searched by (lib/users/fold-name.ts). */
    sortName: text('sort_name').notNull().default(''),
    about: text('about').notNull().default(''),
    /** Argon2id with its parameters and nonce; see lib/auth/password.ts. */
    passwordHash: text('password_hash').notNull(),
    /** Name of the picture's file in the data folder; changes with every upload. */
    pictureName: text('picture_name'),
    messagePermission: text('message_permission', { enum: permissions }).notNull(),
    callPermission: text('call_permission', { enum: permissions }).notNull(),
    doNotDisturb: flag('do_not_disturb').notNull().default(false),
    isOperator: flag('is_operator').notNull().default(false),
    suspendedAt: shownAt('suspended_at'),
    /** Set together with `suspendedAt` and final: only the removed person's messages are left. */
    removedAt: shownAt('removed_at'),
    missedCallsSeenAt: shownAt('missed_calls_seen_at').notNull().default(0),
    /** 1 for the first who joined, without gaps; it deals the colour (db/join-number.ts). */
    joinNumber: integer('join_number').notNull().default(0),
    createdAt: shownAt('created_at').notNull(),
    revision: revision(),
    /** How often this person blocked and unblocked: a part of the revision of each person's view for them. */
    blocksRevision: integer('blocks_revision', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    uniqueIndex('users_join_number').on(t.joinNumber),
    // Those who were not removed, in their order; the username is in it so that a search reads nothing else.
    index('users_by_name').on(t.removedAt, t.sortName, t.id, t.username),
  ],
);

export const signIns = sqliteTable(
  'sign_ins',
  {
    id: text('id').$type<SignInId>().primaryKey(),
    userId: deletedWithUser('user_id'),
    createdAt: shownAt('created_at').notNull(),
    revokedAt: shownAt('revoked_at'),
  },
  (t) => [
    index('sign_ins_user').on(t.userId),
    // For pruning.
    index('sign_ins_created').on(t.createdAt),
    index('sign_ins_revoked').on(t.revokedAt).where(sql`${t.revokedAt} is not null`),
  ],
);

export const blocks = sqliteTable(
  'blocks',
  {
    blockerId: deletedWithUser('blocker_id'),
    blockedId: deletedWithUser('blocked_id'),
    createdAt: shownAt('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.blockerId, t.blockedId] }), index('blocks_blocked').on(t.blockedId)],
);

export const conversations = sqliteTable(
  'conversations',
  {
    id: text('id').$type<ConversationId>().primaryKey(),
    kind: text('kind', { enum: ['channel', 'direct', 'group'] }).notNull(),
    title: text('title'),
    creatorId: user('creator_id'),
    /** The two user ids in order, joined by a colon: one direct conversation per pair, for ever. */
    directPair: text('direct_pair'),
    /** Of groups: 1 for the first, without gaps; it deals the colour (db/group-number.ts). */
    groupNumber: integer('group_number'),
    createdAt: shownAt('created_at').notNull(),
    lastActivityAt: shownAt('last_activity_at').notNull(),
    revision: revision(),
  },
  (t) => [
    uniqueIndex('conversations_direct_pair').on(t.directPair),
    uniqueIndex('conversations_group_number').on(t.groupNumber),
  ],
);

export const members = sqliteTable(
  'members',
  {
    conversationId: deletedWithConversation('conversation_id'),
    userId: deletedWithUser('user_id'),
    joinedAt: shownAt('joined_at').notNull(),
    lastReadSeq: integer('last_read_seq').notNull().default(0),
    callsMuted: flag('calls_muted').notNull().default(false),
    messagesMuted: flag('messages_muted').notNull().default(false),
    revision: revision(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] }), index('members_user').on(t.userId)],
);

export const messages = sqliteTable(
  'messages',
  {
    seq: integer('seq').primaryKey({ autoIncrement: true }),
    id: text('id').$type<MessageId>().notNull().unique(),
    conversationId: deletedWithConversation('conversation_id'),
    authorId: user('author_id').notNull(),
    text: text('text').notNull(),
    clientMessageId: text('client_message_id'),
    /** Set on a call's entry: exactly one per call. */
    callId: text('call_id').$type<CallId>(),
    sentAt: shownAt('sent_at').notNull(),
    deletedAt: shownAt('deleted_at'),
    revision: revision(),
  },
  (t) => [
    index('messages_page').on(t.conversationId, t.seq),
    index('messages_shown').on(t.conversationId, t.seq).where(sql`${t.deletedAt} is null`),
    // With the author, so that counting reads the index alone.
    index('messages_unread')
      .on(t.conversationId, t.seq, t.authorId)
      .where(sql`${t.callId} is null and ${t.deletedAt} is null`),
    index('messages_author').on(t.conversationId, t.authorId).where(sql`${t.callId} is null`),
    uniqueIndex('messages_repeat').on(t.authorId, t.clientMessageId),
    uniqueIndex('messages_call_entry').on(t.callId).where(sql`${t.callId} is not null`),
  ],
);

export const calls = sqliteTable(
  'calls',
  {
    id: text('id').$type<CallId>().primaryKey(),
    conversationId: deletedWithConversation('conversation_id'),
    callerId: user('caller_id').notNull(),
    status: text('status', { enum: ['ringing', 'active', 'ended'] }).notNull(),
    endReason: text('end_reason', { enum: ['failed', 'completed', 'cancelled', 'declined', 'missed'] }),
    roomName: text('room_name').notNull().unique(),
    /** First entry of anyone but the caller. */
    activeAt: at('active_at'),
    lengthMs: integer('length_ms'),
    /** Since when LiveKit has been out of reach for this call. */
    mediaLostAt: at('media_lost_at'),
    /** The last moment at which people were known to be in it: dates an end that a downtime hid. */
    lastKnownAliveAt: at('last_known_alive_at'),
    createdAt: shownAt('created_at').notNull(),
    endedAt: shownAt('ended_at'),
    revision: revision(),
  },
  (t) => [
    uniqueIndex('calls_one_live').on(t.conversationId).where(sql`${t.status} <> 'ended'`),
    index('calls_conversation').on(t.conversationId, t.createdAt),
    index('calls_caller').on(t.callerId, t.createdAt),
  ],
);

/** The promise to call back in a direct conversation; a newer one takes its place. */
export const callBacks = sqliteTable('call_backs', {
  conversationId: deletedWithConversation('conversation_id').primaryKey(),
  /** Who promised, and so calls. */
  userId: user('user_id').notNull(),
  dueAt: shownAt('due_at').notNull(),
});

/** What the caller said a call is about, of the few calls that say it. */
export const callLines = sqliteTable('call_lines', {
  callId: deletedWithCall('call_id').primaryKey(),
  line: text('line').notNull(),
});

export const rings = sqliteTable(
  'rings',
  {
    id: text('id').$type<RingId>().primaryKey(),
    callId: deletedWithCall('call_id'),
    userId: user('user_id').notNull(),
    /** The caller, or the participant who pressed **Ring again**. */
    ringerId: user('ringer_id').notNull(),
    state: text('state', {
      enum: ['ringing', 'accepted', 'declined', 'missed', 'unreachable', 'cancelled', 'not_allowed'],
    }).notNull(),
    isQuiet: flag('is_quiet').notNull().default(false),
    /** A device of the callee was connected during the ring: the outcome is "No answer", not "Not reachable". */
    isReached: flag('is_reached').notNull().default(false),
    /** A client reported that the ring's window is shown. */
    isConfirmed: flag('is_confirmed').notNull().default(false),
    /** The caller's client that promised to send silence until the call is active. */
    silentClientId: text('silent_client_id').$type<ClientId>(),
    /** The callee's tab that may be in the room meanwhile, hidden and without a voice. */
    earlyClientId: text('early_client_id').$type<ClientId>(),
    earlySignInId: text('early_sign_in_id').$type<SignInId>(),
    startedAt: at('started_at').notNull(),
    deadlineAt: at('deadline_at').notNull(),
  },
  (t) => [
    index('rings_call').on(t.callId),
    index('rings_pair').on(t.userId, t.ringerId, t.state),
    index('rings_limit').on(t.ringerId, t.startedAt),
    // The person first: every stream that opens reads its person's running rings.
    uniqueIndex('rings_one_running').on(t.userId, t.callId).where(sql`${t.state} = 'ringing'`),
    index('rings_early').on(t.earlySignInId).where(sql`${t.earlySignInId} is not null`),
  ],
);

export const participations = sqliteTable(
  'participations',
  {
    callId: deletedWithCall('call_id'),
    userId: user('user_id').notNull(),
    /** The holder: the client that has this participation, and its sign-in. */
    clientId: text('client_id').$type<ClientId>().notNull(),
    signInId: text('sign_in_id').$type<SignInId>().notNull(),
    state: text('state', { enum: ['joined', 'rejoining', 'left'] }).notNull(),
    /** LiveKit's id of the connection; changes on every join and full reconnect. */
    mediaSid: text('media_sid'),
    /** Runs from entering until LiveKit reports the participant's media. */
    connectDeadlineAt: at('connect_deadline_at'),
    rejoinDeadlineAt: at('rejoin_deadline_at'),
    /** When the connection was last known to be up, once it has dropped. */
    droppedAt: at('dropped_at'),
    /** During a move: the previous holder, until the new one's media is up. */
    movingFrom: text('moving_from').$type<ClientId>(),
    /** The previous holder's sign-in: the participation returns to it when the new client never connects. */
    movingFromSignInId: text('moving_from_sign_in_id').$type<SignInId>(),
    enteredAt: at('entered_at').notNull(),
    /** Since when the participant's hand is raised. */
    handRaisedAt: at('hand_raised_at'),
  },
  (t) => [
    primaryKey({ columns: [t.callId, t.userId] }),
    uniqueIndex('participations_one_call').on(t.userId).where(sql`${t.state} <> 'left'`),
  ],
);

/**
 * One row for each call in a person's history: written when they are rung or enter, so that no read goes
 * through all rings and participations of a person.
 */
export const callLog = sqliteTable(
  'call_log',
  {
    userId: deletedWithUser('user_id'),
    /** The position of the call's entry in its conversation. */
    seq: integer('seq')
      .notNull()
      .references(() => messages.seq, { onDelete: 'cascade' }),
    callId: deletedWithCall('call_id'),
    conversationId: deletedWithConversation('conversation_id'),
    /** When the call ended, if this person missed it (`hasMissed`). */
    missedAt: shownAt('missed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.seq] }),
    index('call_log_missed').on(t.userId, t.missedAt).where(sql`${t.missedAt} is not null`),
    index('call_log_missed_page').on(t.userId, t.seq).where(sql`${t.missedAt} is not null`),
    index('call_log_missed_in').on(t.userId, t.conversationId, t.seq).where(sql`${t.missedAt} is not null`),
  ],
);

/** How many calls and rings had each outcome since the community began; counted with the change itself. */
export const outcomeTotals = sqliteTable(
  'outcome_totals',
  {
    kind: text('kind', { enum: ['call', 'ring'] }).notNull(),
    outcome: text('outcome').notNull(),
    total: integer('total').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.outcome] })],
);

/** The outcome of a client-made start request, so that a start and its leave find each other. */
export const startRequests = sqliteTable(
  'start_requests',
  {
    userId: deletedWithUser('user_id'),
    requestId: text('request_id').notNull(),
    callId: text('call_id').$type<CallId>(),
    isCancelled: flag('is_cancelled').notNull().default(false),
    createdAt: at('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.requestId] })],
);

/** Ids of handled webhooks, kept as long as a webhook's signature is valid. */
export const webhookDeliveries = sqliteTable('webhook_deliveries', {
  id: text('id').primaryKey(),
  receivedAt: at('received_at').notNull(),
});

/** One call's story for the operator: what triggered which change; never contents or tokens. */
export const callTriggers = sqliteTable(
  'call_triggers',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    callId: deletedWithCall('call_id'),
    trigger: text('trigger').notNull(),
    userId: text('user_id').$type<UserId>(),
    outcome: text('outcome').notNull(),
    /** The source of the trigger: a command, a webhook, the reconciler or a deadline. */
    source: text('source', { enum: ['command', 'webhook', 'reconciler', 'timer'] }),
    happenedAt: shownAt('happened_at').notNull(),
  },
  (t) => [
    index('call_triggers_call').on(t.callId),
    // For pruning.
    index('call_triggers_happened').on(t.happenedAt),
  ],
);

/**
 * Links with a secret: the set-up link that makes the operator, invite links, and links for choosing a new
 * password. Knowing the token is enough to use one, so only its hash is stored.
 */
export const links = sqliteTable(
  'links',
  {
    id: text('id').$type<LinkId>().primaryKey(),
    kind: text('kind', { enum: ['set_up', 'invite', 'password'] }).notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    /** Null for the set-up link. */
    creatorId: user('creator_id'),
    /** The account whose password the link changes. */
    userId: user('user_id'),
    /** Null: no limit of uses. */
    maxUses: integer('max_uses'),
    useCount: integer('use_count').notNull().default(0),
    createdAt: shownAt('created_at').notNull(),
    expiresAt: shownAt('expires_at'),
    usedAt: shownAt('used_at'),
    revokedAt: shownAt('revoked_at'),
  },
  (t) => [index('links_kind').on(t.kind, t.createdAt)],
);

/** Rights that one server process at a time has (lib/servers/database-lease.ts). */
export const leases = sqliteTable('leases', {
  name: text('name').primaryKey(),
  /** The process that has it; empty: the last one stopped in order. */
  holder: text('holder').notNull(),
  /** Grows with each take-over. */
  term: integer('term').notNull(),
  /** The holder's `clock.now()` at its last beat. */
  at: at('at').notNull(),
});

/** One row, `id` = 1: the community. */
export const community = sqliteTable('community', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  registration: text('registration', { enum: ['invite', 'open'] }).notNull(),
  /** Part of every room name, so that several communities can share one LiveKit server. */
  roomKey: text('room_key').notNull(),
});
