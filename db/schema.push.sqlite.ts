import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { DeviceId, RingId, SignInId, UserId } from '@/lib/ids';
import { signIns, users } from './schema.sqlite';

/** Wall-clock milliseconds, for showing. */
const shownAt = (name: string) => integer(name, { mode: 'number' });
/** Milliseconds of the monotonic `clock.now()`: for deadlines and durations. */
const at = (name: string) => integer(name, { mode: 'number' });
const flag = (name: string) => integer(name, { mode: 'boolean' });
const deletedWithUser = () =>
  text('user_id')
    .$type<UserId>()
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' });

/**
 * Browsers that are rung through their push service, which no open page needs. Each belongs to a sign-in and is deleted
 * when that ends.
 */
export const pushDevices = sqliteTable(
  'push_devices',
  {
    id: text('id').$type<DeviceId>().primaryKey(),
    userId: deletedWithUser(),
    signInId: text('sign_in_id')
      .$type<SignInId>()
      .notNull()
      .references(() => signIns.id, { onDelete: 'cascade' }),
    /** The push service's address of this browser. Knowing it is enough to send to it, so it is never shown or logged. */
    endpoint: text('endpoint').notNull(),
    /** The browser's keys, which messages are encrypted for. */
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    /** Our public key that the browser subscribed with: its push service takes messages of no other. */
    serverKey: text('server_key').notNull(),
    /** "Firefox on Linux", as the list of devices shows it. */
    name: text('name').notNull(),
    createdAt: shownAt('created_at').notNull(),
    /** When the push service refused a message, unless it has taken one since. */
    refusedAt: shownAt('refused_at'),
    /** Notifications of messages show what they say. */
    showsText: flag('shows_text').notNull().default(true),
  },
  (t) => [
    uniqueIndex('push_devices_sign_in').on(t.signInId),
    uniqueIndex('push_devices_endpoint').on(t.endpoint),
    index('push_devices_user').on(t.userId, t.createdAt),
  ],
);

/**
 * What devices are still to learn through their push service: one row for each device and call or conversation, written in the
 * transaction of its cause. It carries the device's address, so that a notification is withdrawn after the sign-in has
 * ended, too.
 */
export const pushOutbox = sqliteTable(
  'push_outbox',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    deviceId: text('device_id').$type<DeviceId>().notNull(),
    userId: deletedWithUser(),
    signInId: text('sign_in_id').$type<SignInId>().notNull(),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    /** The host of the endpoint: one that hangs delays no other. */
    service: text('service').notNull(),
    /** The call's id, the conversation's for a message, or `test`. A newer message about the same takes the place of the older one. */
    about: text('about').notNull(),
    ringId: text('ring_id').$type<RingId>(),
    kind: text('kind', { enum: ['ring', 'message', 'withdrawal', 'test'] }).notNull(),
    /** Of a quiet ring: nothing is sent. */
    isQuiet: flag('is_quiet').notNull().default(false),
    /** Nothing is left to send. A ring's row stays until the ring ends, which may have to be sent. */
    isSettled: flag('is_settled').notNull().default(false),
    /** Changes with every claim and every new cause: only the latest claim records how its sending ended. */
    version: integer('version').notNull().default(0),
    /** How often it was, or may have been, sent. */
    tries: integer('tries').notNull().default(0),
    /** When it is to be sent; a claim moves it to when the claim ends. */
    dueAt: at('due_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    /** Of a ring: the secret that a window needs to accept it from the notification, once. */
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

/** One row, `id` = 1: what this community's messages to push services are signed with. */
export const pushKeys = sqliteTable('push_keys', {
  id: integer('id').primaryKey().default(1),
  /** VAPID's private key (RFC 8292), P-256, base64url; a setting of the operator goes before it. */
  privateKey: text('private_key').notNull(),
  /** Keys the topics, so that push services cannot compare them. */
  topicSecret: text('topic_secret').notNull(),
});
