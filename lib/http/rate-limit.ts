import 'server-only';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  RLWrapperTimeouts,
} from 'rate-limiter-flexible';
import { AppError } from '@/lib/errors';
import type { SignInId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { networkOf } from './ip-address';

/** Tries per `duration` in seconds, of all server processes together (`shareLimits`). */
const limits = {
  /** Changes of any kind by one person. */
  mutation: { points: 240, duration: 60 },
  /** Reactions and raised hands of one person, on all devices. */
  gesture: { points: 10, duration: 10 },
  /** How voices are received: asked by one person, and answered to all others of a large call. */
  reception: { points: 40, duration: 10 },
  /** Reads and heartbeat answers of one browser; the page of a large community reads a picture of each person. */
  readSignIn: { points: 3000, duration: 60 },
  /** The same of one person on all devices. */
  readPerson: { points: 9000, duration: 60 },
  /** Snapshots for one browser: each event stream that opens and each page that is loaded reads one. */
  snapshotSignIn: { points: 240, duration: 60 },
  /** The same for one person on all devices. */
  snapshotPerson: { points: 960, duration: 60 },
  /** Wrong passwords for one account, known or not. */
  signInAccount: { points: 10, duration: 60 },
  /** Wrong passwords for one account in a browser where its person was signed in before. */
  signInKnown: { points: 10, duration: 60 },
  /** Wrong passwords for one account in all such browsers together. */
  signInKnownAccount: { points: 50, duration: 60 },
  /** Wrong passwords from one address, or one /64 of IPv6 (`networkOf`). */
  signInAddress: { points: 50, duration: 60 },
  /** Wrong current passwords by one sign-in that wants to change it. */
  changePassword: { points: 10, duration: 60 },
  /** Devices that one person has saved; each looks up a name. */
  device: { points: 20, duration: 600 },
  /** Tests that one person sends to their devices. */
  pushTest: { points: 10, duration: 60 },
  /** New accounts from one address, or one /64 of IPv6. */
  register: { points: 60, duration: 3600 },
} as const;

type Limiter = RateLimiterMemory | RLWrapperTimeouts;
type Limiters = Record<keyof typeof limits, Limiter>;

// Next compiles boot, the sign-in route and pages into separate copies of this module: one count for all.
const kept = globalThis as typeof globalThis & { __parleyLimiters?: WeakMap<object, Limiters> };
/** One set for each composition of the app, so that tests don't count one another's tries. */
kept.__parleyLimiters ??= new WeakMap();
const made = kept.__parleyLimiters;

function limitersOf(owner: object): Limiters {
  const found = made.get(owner);
  if (found) return found;
  const fresh = limitersBy((name) => new RateLimiterMemory(limits[name]));
  made.set(owner, fresh);
  return fresh;
}

function limitersBy(make: (name: keyof typeof limits) => Limiter): Limiters {
  return {
    mutation: make('mutation'),
    gesture: make('gesture'),
    reception: make('reception'),
    readSignIn: make('readSignIn'),
    readPerson: make('readPerson'),
    snapshotSignIn: make('snapshotSignIn'),
    snapshotPerson: make('snapshotPerson'),
    signInAccount: make('signInAccount'),
    signInKnown: make('signInKnown'),
    signInKnownAccount: make('signInKnownAccount'),
    signInAddress: make('signInAddress'),
    changePassword: make('changePassword'),
    device: make('device'),
    pushTest: make('pushTest'),
    register: make('register'),
  };
}

/** A request that has waited this long for Redis is counted by its own process. */
const redisTimeoutMs = 250;

/**
 * Counts in Redis from now on, for all server processes of the community together. While Redis does not answer, each
 * process counts for itself, from nothing.
 *
 * @param client of `@redis/client`
 * @param prefix keeps communities apart that share a Redis server
 */
export function shareLimits(owner: object, { client, prefix }: { client: object; prefix: string }): void {
  const shared = limitersBy(
    (name) =>
      new RLWrapperTimeouts({
        timeoutMs: redisTimeoutMs,
        limiter: new RateLimiterRedis({
          ...limits[name],
          storeClient: client,
          useRedisPackage: true,
          keyPrefix: `${prefix}_${name}`,
        }),
        insuranceLimiter: new RateLimiterMemory(limits[name]),
      }),
  );
  made.set(owner, shared);
}

/** Takes one point or throws AppError `rate_limited` with the seconds to wait. */
async function take(limiter: Limiter, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw tooManyTries(error.msBeforeNext);
  }
}

function tooManyTries(waitMs: number): AppError {
  return new AppError('rate_limited', 'server.tooManyTries', {
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  });
}

/** Counts a change by a signed-in person; throws `rate_limited` beyond the limit. */
export async function countMutation(owner: object, userId: UserId): Promise<void> {
  await take(limitersOf(owner).mutation, userId);
}

/** Counts a reaction, or a hand that is raised or lowered; throws `rate_limited` beyond the limit. */
export async function countGesture(owner: object, userId: UserId): Promise<void> {
  await take(limitersOf(owner).gesture, userId);
}

/** Counts a question or an answer about how voices are received; throws `rate_limited` beyond the limit. */
export async function countReception(owner: object, userId: UserId): Promise<void> {
  await take(limitersOf(owner).reception, userId);
}

/** Counts a device that is saved; throws `rate_limited` beyond the limit. */
export async function countDevice(owner: object, userId: UserId): Promise<void> {
  await take(limitersOf(owner).device, userId);
}

/** Counts a test that is sent to a device; throws `rate_limited` beyond the limit. */
export async function countPushTest(owner: object, userId: UserId): Promise<void> {
  await take(limitersOf(owner).pushTest, userId);
}

/** Counts a read by a signed-in person; throws `rate_limited` beyond the limit. */
export async function countRead(owner: object, { signInId, userId }: Viewer): Promise<void> {
  const limiters = limitersOf(owner);
  await take(limiters.readSignIn, signInId);
  await take(limiters.readPerson, userId);
}

/** Counts an event stream or a page, before its snapshot is read; throws `rate_limited` beyond the limit. */
export async function countSnapshot(owner: object, { signInId, userId }: Viewer): Promise<void> {
  const limiters = limitersOf(owner);
  await take(limiters.snapshotSignIn, signInId);
  await take(limiters.snapshotPerson, userId);
}

/** A person and a browser where they were signed in before. */
export type KnownPlace = { userId: UserId; browserId: string };
const placeKey = ({ userId, browserId }: KnownPlace) => `${browserId} ${userId}`;

/** Counts a try to sign in, before the password is looked at; throws `rate_limited`. */
export async function countSignIn(owner: object, username: string, address: string | null): Promise<void> {
  const limiters = limitersOf(owner);
  await take(limiters.signInAccount, username);
  if (address) await take(limiters.signInAddress, networkOf(address));
}

/**
 * Counts a try by a known person in their own browser. It neither counts for the account and the address nor
 * is refused for them, so that strangers' wrong passwords keep no user out; throws `rate_limited`.
 */
export async function countKnownSignIn(owner: object, place: KnownPlace): Promise<void> {
  const limiters = limitersOf(owner);
  await take(limiters.signInKnown, placeKey(place));
  await take(limiters.signInKnownAccount, place.userId);
}

/** Sign-ins that are worked on at once; the last of them waits about half a second for its hash. */
const maxSignInsInHand = 20;
/** The same with known people's, who find a place however many strangers try. */
const maxWithKnownInHand = 25;
const inHand = new WeakMap<object, number>();

/**
 * Works on a try to sign in, unless many are in hand or its address has had its tries: then throws
 * `rate_limited` at once, whatever account it is about. Next and next-auth keep the process as busy with a
 * try as hashing does, so who will be sent away is sent away before they begin.
 */
export async function whileFewSignIn<T>(
  owner: object,
  address: string | null,
  work: () => Promise<T>,
): Promise<T> {
  const { signInAddress } = limitersOf(owner);
  const tries = address ? await signInAddress.get(networkOf(address)) : null;
  if (tries && tries.remainingPoints <= 0) throw tooManyTries(tries.msBeforeNext);
  return whileInHand(owner, maxSignInsInHand, work);
}

/** The same for a known person in their own browser, by that browser's tries. */
export async function whileFewKnownSignIn<T>(
  owner: object,
  place: KnownPlace,
  work: () => Promise<T>,
): Promise<T> {
  const tries = await limitersOf(owner).signInKnown.get(placeKey(place));
  if (tries && tries.remainingPoints <= 0) throw tooManyTries(tries.msBeforeNext);
  return whileInHand(owner, maxWithKnownInHand, work);
}

async function whileInHand<T>(owner: object, most: number, work: () => Promise<T>): Promise<T> {
  const count = inHand.get(owner) ?? 0;
  if (count >= most) throw tooManyTries(1000);
  inHand.set(owner, count + 1);
  try {
    return await work();
  } finally {
    inHand.set(owner, (inHand.get(owner) ?? 1) - 1);
  }
}

/** A right password: the account's earlier tries no longer count. */
export async function forgetSignIns(owner: object, username: string): Promise<void> {
  await limitersOf(owner).signInAccount.delete(username);
}

/** A right password in a known browser: its earlier tries no longer count. Strangers' tries still do. */
export async function forgetKnownSignIns(owner: object, place: KnownPlace): Promise<void> {
  await limitersOf(owner).signInKnown.delete(placeKey(place));
}

/**
 * Counts a try to change the password, before the current one is checked; throws `rate_limited`. Counted by
 * sign-in: the holder of a stolen sign-in, or of a name, must not keep the owner from revoking it.
 */
export async function countPasswordChange(owner: object, signInId: SignInId): Promise<void> {
  await take(limitersOf(owner).changePassword, signInId);
}

/** The current password was right: this sign-in's earlier tries no longer count. */
export async function forgetPasswordChanges(owner: object, signInId: SignInId): Promise<void> {
  await limitersOf(owner).changePassword.delete(signInId);
}

/** Counts a new account; throws `rate_limited`. An unknown address counts with all unknown ones. */
export async function countRegistration(owner: object, address: string | null): Promise<void> {
  await take(limitersOf(owner).register, networkOf(address ?? 'unknown'));
}
