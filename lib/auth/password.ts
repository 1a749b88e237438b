import 'server-only';
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** Memory in KiB; 18 to 25 ms on one core (STACK.md, section 4). */
const cost = { parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 } as const;

/** Hashing shares Node's four threads with files and DNS: at most this many at once. */
const maxAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The place goes straight to the next one in line, if there is one.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/** Argon2id of a password with a fresh nonce; the answer carries all that verifying needs. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await inTurn(() => derive('argon2id', { message: password, nonce, ...cost }));
  const { memory, passes, parallelism } = cost;
  return `argon2id$m=${memory},t=${passes},p=${parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

const format = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/;

/**
 * Whether the password is the one that was hashed. Null for an account that does not exist takes
 * the same time and is false.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = format.exec(hash ?? (await dummyHash()));
  if (!parts) throw new Error('a stored password hash has an unknown format');
  const [, memory, passes, parallelism, nonce = '', expected = ''] = parts;
  const tag = Buffer.from(expected, 'base64url');
  const given = await inTurn(() =>
    derive('argon2id', {
      message: password,
      nonce: Buffer.from(nonce, 'base64url'),
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      tagLength: tag.length,
    }),
  );
  return timingSafeEqual(given, tag) && hash !== null;
}

let dummy: Promise<string> | null = null;
function dummyHash(): Promise<string> {
  dummy ??= hashPassword(randomBytes(16).toString('hex'));
  return dummy;
}
