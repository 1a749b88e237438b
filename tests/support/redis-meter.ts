import { type AddressInfo, connect, createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** What was sent to Redis; it passes a message on to each server of the community, byte for byte. */
export type RedisCost = { commands: number; bytes: number };

/**
 * A way to the Redis server at `url` that counts what passes through it. A command that names the `fence` is left out:
 * a test sends one to know that everything before it has passed.
 */
export async function meterRedis(url: string, fence: string) {
  const cost: RedisCost = { commands: 0, bytes: 0 };
  const count = (command: Buffer) => {
    if (command.includes(fence)) return;
    cost.commands += 1;
    cost.bytes += command.length;
  };
  const { hostname, port } = new URL(url);
  const server = createServer((socket) => {
    const redis = connect(Number(port), hostname);
    const split = commandsOf(count);
    socket.on('data', (chunk) => {
      if (typeof chunk !== 'string') split(chunk);
      redis.write(chunk);
    });
    redis.on('data', (chunk) => socket.write(chunk));
    for (const [one, other] of [
      [socket, redis],
      [redis, socket],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, cost };
}

/** Splits what a client sends into its commands, each an array of texts with their lengths before them. */
function commandsOf(take: (command: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = endOfCommand(rest); end !== null; end = endOfCommand(rest)) {
      take(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}

/** Where the first command of these bytes ends, or null while it is not whole. */
function endOfCommand(bytes: Buffer): number | null {
  const line = (from: number) => {
    const end = bytes.indexOf('\r\n', from);
    return end < 0 ? null : { number: Number(bytes.subarray(from + 1, end)), end: end + 2 };
  };
  const head = line(0);
  if (!head) return null;
  let at = head.end;
  for (let part = 0; part < head.number; part += 1) {
    const text = line(at);
    if (!text) return null;
    at = text.end + text.number + 2;
  }
  return at <= bytes.length ? at : null;
}
