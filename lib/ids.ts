import { z } from 'zod';

declare const brand: unique symbol;
type Id<Prefix extends string> = string & { readonly [brand]: Prefix };

export type UserId = Id<'user'>;
export type ConversationId = Id<'conv'>;
export type MessageId = Id<'msg'>;
export type CallId = Id<'call'>;
export type RingId = Id<'ring'>;
export type SignInId = Id<'signin'>;
/** Names a set-up, invite or password link; not the secret in its address. */
export type LinkId = Id<'link'>;
/** Names a browser that is rung through its push service. */
export type DeviceId = Id<'device'>;
/** Names one client (browser tab); created by the client, see docs/calls.md, "Clients". */
export type ClientId = Id<'client'>;

const prefixes = ['user', 'conv', 'msg', 'call', 'ring', 'signin', 'link', 'device'] as const;
type Made = {
  user: UserId;
  conv: ConversationId;
  msg: MessageId;
  call: CallId;
  ring: RingId;
  signin: SignInId;
  link: LinkId;
  device: DeviceId;
};

/** Returns a new id such as `call_8f3c…` with 128 random bits. */
export function makeId<P extends (typeof prefixes)[number]>(prefix: P): Made[P] {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}` as Made[P];
}

function idSchema<P extends keyof Made>(prefix: P) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[a-z0-9]{1,40}$`), `not a ${prefix} id`)
    .transform((text) => text as Made[P]);
}

/** Parsers for ids in requests; a wrong prefix fails before any query. */
export const userIdSchema = idSchema('user');
export const conversationIdSchema = idSchema('conv');
export const messageIdSchema = idSchema('msg');
export const callIdSchema = idSchema('call');
export const ringIdSchema = idSchema('ring');
export const linkIdSchema = idSchema('link');
export const deviceIdSchema = idSchema('device');
