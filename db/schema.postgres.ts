/**
 * The tables of schema.sqlite.ts, which says what they mean, for PostgreSQL: the same names, the same types of rows.
 * db/shapes-agree.ts compares the types.
 */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
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

/** 64 bits, as every integer of SQLite. */
const number = (name: string) => bigint(name, { mode: 'number' });
const shownAt = number;
const at = number;
const flag = (name: string) => boolean(name);
const revision = () => number('revision').notNull().default(0);

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

export const users = pgTable(
  'users',
  {
    id: text('id').$type<UserId>().primaryKey(),
    username: text('username').notNull().unique(),
    displayName: text('display_name').notNull(),
    sortName: text('sort_name').notNull().default(''),
    about: text('about').notNull().default(''),
    passwordHash: text('password_hash').notNull(),
    pictureName: text('picture_name'),
    messagePermission: text('message_permission', { enum: permissions }).notNull(),
    callPermission: text('call_permission', { enum: permissions }).notNull(),
    doNotDisturb: flag('do_not_disturb').notNull().default(false),
    isOperator: flag('is_operator').notNull().default(false),
    suspendedAt: shownAt('suspended_at'),
    removedAt: shownAt('removed_at'),
    missedCallsSeenAt: shownAt('missed_calls_seen_at').notNull().default(0),
    joinNumber: number('join_number').notNull().default(0),
    createdAt: shownAt('created_at').notNull(),
    revision: revision(),
    blocksRevision: number('blocks_revision').notNull().default(0),
  },
  (t) => [
    uniqueIndex('users_join_number').on(t.joinNumber),
    index('users_by_name').on(t.removedAt, t.sortName, t.id, t.username),
  ],
);

export const signIns = pgTable(
  'sign_ins',
  {
    id: text('id').$type<SignInId>().primaryKey(),
    userId: deletedWithUser('user_id'),
    createdAt: shownAt('created_at').notNull(),
    revokedAt: shownAt('revoked_at'),
  },
  (t) => [
    index('sign_ins_user').on(t.userId),
    index('sign_ins_created').on(t.createdAt),
    index('sign_ins_revoked').on(t.revokedAt).where(sql`${t.revokedAt} is not null`),
  ],
);

export const blocks = pgTable(
  'blocks',
  {
    blockerId: deletedWithUser('blocker_id'),
    blockedId: deletedWithUser('blocked_id'),
    createdAt: shownAt('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.blockerId, t.blockedId] }), index('blocks_blocked').on(t.blockedId)],
);

export const conversations = pgTable(
  'conversations',
  {
    id: text('id').$type<ConversationId>().primaryKey(),
    kind: text('kind', { enum: ['channel', 'direct', 'group'] }).notNull(),
    title: text('title'),
    creatorId: user('creator_id'),
    directPair: text('direct_pair'),
    groupNumber: number('group_number'),
    createdAt: shownAt('created_at').notNull(),
    lastActivityAt: shownAt('last_activity_at').notNull(),
    revision: revision(),
  },
  (t) => [
    uniqueIndex('conversations_direct_pair').on(t.directPair),
    uniqueIndex('conversations_group_number').on(t.groupNumber),
  ],
);

export const members = pgTable(
  'members',
  {
    conversationId: deletedWithConversation('conversation_id'),
    userId: deletedWithUser('user_id'),
    joinedAt: shownAt('joined_at').notNull(),
    lastReadSeq: number('last_read_seq').notNull().default(0),
    callsMuted: flag('calls_muted').notNull().default(false),
    messagesMuted: flag('messages_muted').notNull().default(false),
    revision: revision(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] }), index('members_user').on(t.userId)],
);

export const messages = pgTable(
  'messages',
  {
    seq: number('seq').primaryKey().generatedByDefaultAsIdentity(),
    id: text('id').$type<MessageId>().notNull().unique(),
    conversationId: deletedWithConversation('conversation_id'),
    authorId: user('author_id').notNull(),
    text: text('text').notNull(),
    clientMessageId: text('client_message_id'),
    callId: text('call_id').$type<CallId>(),
    sentAt: shownAt('sent_at').notNull(),
    deletedAt: shownAt('deleted_at'),
    revision: revision(),
  },
  (t) => [
    index('messages_page').on(t.conversationId, t.seq),
    index('messages_shown').on(t.conversationId, t.seq).where(sql`${t.deletedAt} is null`),
    index('messages_unread')
      .on(t.conversationId, t.seq, t.authorId)
      .where(sql`${t.callId} is null and ${t.deletedAt} is null`),
    index('messages_author').on(t.conversationId, t.authorId).where(sql`${t.callId} is null`),
    uniqueIndex('messages_repeat').on(t.authorId, t.clientMessageId),
    uniqueIndex('messages_call_entry').on(t.callId).where(sql`${t.callId} is not null`),
  ],
);

export const calls = pgTable(
  'calls',
  {
    id: text('id').$type<CallId>().primaryKey(),
    conversationId: deletedWithConversation('conversation_id'),
    callerId: user('caller_id').notNull(),
    status: text('status', { enum: ['ringing', 'active', 'ended'] }).notNull(),
    endReason: text('end_reason', { enum: ['failed', 'completed', 'cancelled', 'declined', 'missed'] }),
    roomName: text('room_name').notNull().unique(),
    activeAt: at('active_at'),
    lengthMs: number('length_ms'),
    mediaLostAt: at('media_lost_at'),
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

export const callBacks = pgTable('call_backs', {
  conversationId: deletedWithConversation('conversation_id').primaryKey(),
  userId: user('user_id').notNull(),
  dueAt: shownAt('due_at').notNull(),
});

export const callLines = pgTable('call_lines', {
  callId: deletedWithCall('call_id').primaryKey(),
  line: text('line').notNull(),
});

export const rings = pgTable(
  'rings',
  {
    id: text('id').$type<RingId>().primaryKey(),
    callId: deletedWithCall('call_id'),
    userId: user('user_id').notNull(),
    ringerId: user('ringer_id').notNull(),
    state: text('state', {
      enum: ['ringing', 'accepted', 'declined', 'missed', 'unreachable', 'cancelled', 'not_allowed'],
    }).notNull(),
    isQuiet: flag('is_quiet').notNull().default(false),
    isReached: flag('is_reached').notNull().default(false),
    isConfirmed: flag('is_confirmed').notNull().default(false),
    silentClientId: text('silent_client_id').$type<ClientId>(),
    earlyClientId: text('early_client_id').$type<ClientId>(),
    earlySignInId: text('early_sign_in_id').$type<SignInId>(),
    startedAt: at('started_at').notNull(),
    deadlineAt: at('deadline_at').notNull(),
  },
  (t) => [
    index('rings_call').on(t.callId),
    index('rings_pair').on(t.userId, t.ringerId, t.state),
    index('rings_limit').on(t.ringerId, t.startedAt),
    uniqueIndex('rings_one_running').on(t.userId, t.callId).where(sql`${t.state} = 'ringing'`),
    index('rings_early').on(t.earlySignInId).where(sql`${t.earlySignInId} is not null`),
  ],
);

export const participations = pgTable(
  'participations',
  {
    callId: deletedWithCall('call_id'),
    userId: user('user_id').notNull(),
    clientId: text('client_id').$type<ClientId>().notNull(),
    signInId: text('sign_in_id').$type<SignInId>().notNull(),
    state: text('state', { enum: ['joined', 'rejoining', 'left'] }).notNull(),
    mediaSid: text('media_sid'),
    connectDeadlineAt: at('connect_deadline_at'),
    rejoinDeadlineAt: at('rejoin_deadline_at'),
    droppedAt: at('dropped_at'),
    movingFrom: text('moving_from').$type<ClientId>(),
    movingFromSignInId: text('moving_from_sign_in_id').$type<SignInId>(),
    enteredAt: at('entered_at').notNull(),
    handRaisedAt: at('hand_raised_at'),
  },
  (t) => [
    primaryKey({ columns: [t.callId, t.userId] }),
    uniqueIndex('participations_one_call').on(t.userId).where(sql`${t.state} <> 'left'`),
  ],
);

export const callLog = pgTable(
  'call_log',
  {
    userId: deletedWithUser('user_id'),
    seq: number('seq')
      .notNull()
      .references(() => messages.seq, { onDelete: 'cascade' }),
    callId: deletedWithCall('call_id'),
    conversationId: deletedWithConversation('conversation_id'),
    missedAt: shownAt('missed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.seq] }),
    index('call_log_missed').on(t.userId, t.missedAt).where(sql`${t.missedAt} is not null`),
    index('call_log_missed_page').on(t.userId, t.seq).where(sql`${t.missedAt} is not null`),
    index('call_log_missed_in').on(t.userId, t.conversationId, t.seq).where(sql`${t.missedAt} is not null`),
  ],
);

export const outcomeTotals = pgTable(
  'outcome_totals',
  {
    kind: text('kind', { enum: ['call', 'ring'] }).notNull(),
    outcome: text('outcome').notNull(),
    total: number('total').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.outcome] })],
);

export const startRequests = pgTable(
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

export const webhookDeliveries = pgTable('webhook_deliveries', {
  id: text('id').primaryKey(),
  receivedAt: at('received_at').notNull(),
});

export const callTriggers = pgTable(
  'call_triggers',
  {
    id: number('id').primaryKey().generatedByDefaultAsIdentity(),
    callId: deletedWithCall('call_id'),
    trigger: text('trigger').notNull(),
    userId: text('user_id').$type<UserId>(),
    outcome: text('outcome').notNull(),
    source: text('source', { enum: ['command', 'webhook', 'reconciler', 'timer'] }),
    happenedAt: shownAt('happened_at').notNull(),
  },
  (t) => [index('call_triggers_call').on(t.callId), index('call_triggers_happened').on(t.happenedAt)],
);

export const links = pgTable(
  'links',
  {
    id: text('id').$type<LinkId>().primaryKey(),
    kind: text('kind', { enum: ['set_up', 'invite', 'password'] }).notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    creatorId: user('creator_id'),
    userId: user('user_id'),
    maxUses: number('max_uses'),
    useCount: number('use_count').notNull().default(0),
    createdAt: shownAt('created_at').notNull(),
    expiresAt: shownAt('expires_at'),
    usedAt: shownAt('used_at'),
    revokedAt: shownAt('revoked_at'),
  },
  (t) => [index('links_kind').on(t.kind, t.createdAt)],
);

export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  term: number('term').notNull(),
  at: at('at').notNull(),
});

export const community = pgTable('community', {
  id: number('id').primaryKey().default(1),
  name: text('name').notNull(),
  registration: text('registration', { enum: ['invite', 'open'] }).notNull(),
  roomKey: text('room_key').notNull(),
});
