/**
 * The tables of schema.push.sqlite.ts, which says what they mean, for PostgreSQL: the same names, the same types of rows.
 * db/schema.ts compares the types.
 */
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { DeviceId, RingId, SignInId, UserId } from '@/lib/ids';
import { signIns, users } from './schema.postgres';

/** 64 bits, as every integer of SQLite. */
const number = (name: string) => bigint(name, { mode: 'number' });
const shownAt = number;
const at = number;
const flag = (name: string) => boolean(name);
const deletedWithUser = () =>
  text('user_id')
    .$type<UserId>()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

export const pushDevices = pgTable(
  'push_devices',
  {
    id: text('id').$type<DeviceId>().primaryKey(),
    userId: deletedWithUser(),
    signInId: text('sign_in_id')
      .$type<SignInId>()
      .notNull()
      .references(() => signIns.id, { onDelete: 'cascade' }),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    serverKey: text('server_key').notNull(),
    name: text('name').notNull(),
    createdAt: shownAt('created_at').notNull(),
    refusedAt: shownAt('refused_at'),
    showsText: flag('shows_text').notNull().default(true),
  },
  (t) => [
    uniqueIndex('push_devices_sign_in').on(t.signInId),
    uniqueIndex('push_devices_endpoint').on(t.endpoint),
    index('push_devices_user').on(t.userId, t.createdAt),
  ],
);

export const pushOutbox = pgTable(
  'push_outbox',
  {
    id: number('id').primaryKey().generatedByDefaultAsIdentity(),
    deviceId: text('device_id').$type<DeviceId>().notNull(),
    userId: deletedWithUser(),
    signInId: text('sign_in_id').$type<SignInId>().notNull(),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    service: text('service').notNull(),
    about: text('about').notNull(),
    ringId: text('ring_id').$type<RingId>(),
    kind: text('kind', { enum: ['ring', 'message', 'withdrawal', 'test'] }).notNull(),
    isQuiet: flag('is_quiet').notNull().default(false),
    isSettled: flag('is_settled').notNull().default(false),
    version: number('version').notNull().default(0),
    tries: number('tries').notNull().default(0),
    dueAt: at('due_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    pass: text('pass'),
    isPassUsed: flag('is_pass_used').notNull().default(false),
  },
  (t) => [
    uniqueIndex('push_outbox_about').on(t.about, t.deviceId),
    index('push_outbox_device').on(t.deviceId),
    index('push_outbox_due').on(t.dueAt).where(sql`not ${t.isSettled}`),
    index('push_outbox_expires').on(t.expiresAt),
  ],
);

export const pushKeys = pgTable('push_keys', {
  id: number('id').primaryKey().default(1),
  privateKey: text('private_key').notNull(),
  topicSecret: text('topic_secret').notNull(),
});
