import { expect, it } from 'vitest';
import type { CallId, ConversationId } from '@/lib/ids';
import type { Snapshot } from '@/lib/protocol';
import type { Readers } from '@/lib/realtime/snapshot';
import { Stream } from '@/lib/realtime/stream';
import { makeTurns } from '@/lib/realtime/turns';
import type { Viewer } from '@/lib/viewer';

const conversation = 'conv_1' as ConversationId;
const call = 'call_1' as CallId;
const empty = { calls: [], conversations: [], users: [] } as unknown as Snapshot;
const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

it('a ring is read at once while two hundred streams still read a message, one per turn of the loop', async () => {
  const reads: string[] = [];
  const readers = {
    snapshot: async () => empty,
    conversation: async () => {
      reads.push('conversation');
      return null;
    },
    call: async () => {
      reads.push('call');
      return null;
    },
    revision: async () => 0,
  } as unknown as Readers;
  const turn = makeTurns();
  const streams = Array.from({ length: 200 }, (_, number) => {
    const viewer = { userId: `user_${number}` } as Viewer;
    return new Stream(viewer, { send: () => {}, close: () => {} }, readers, turn, () => {});
  });
  for (const stream of streams) await stream.flush();
  for (const stream of streams) stream.wake({ conversations: [conversation] });
  for (let turns = 0; turns < 3; turns += 1) await turnOfTheLoop();
  expect(reads.length).toBeLessThan(10);
  streams.at(-1)?.wake({ calls: [call] });
  await turnOfTheLoop();
  expect(reads.filter((what) => what === 'call')).toHaveLength(1);
  expect(reads.length).toBeLessThan(15);
  while (reads.length < 201) await turnOfTheLoop();
});
