import { describe, expect, it } from 'vitest';
import { type Call, crashNoticedWithinMs, mediaLostTimeoutMs } from '@/lib/calls/model/call';
import { transition } from '@/lib/calls/model/transition';
import type { Trigger } from '@/lib/calls/model/trigger';
import type { UserId } from '@/lib/ids';
import {
  active,
  alice,
  bob,
  carol,
  changedBy,
  droppedPart,
  leftPart,
  now,
  part,
  play,
  ring,
  ringing,
  signInId,
  tab,
  times,
  triggers,
} from '../support/a-call';

/** `active()` has run for this long at `now`. */
const talkedMs = 4000;

const vanished = (userId: UserId, silentSince: number | null = null): typeof triggers.media_left => ({
  type: 'media_left',
  noticed: 'webhook',
  userId,
  clientId: tab,
  sid: `sid_${userId}`,
  silentSince,
});
const timePasses: Trigger = triggers.time_passed;
const three = () => ({ ...active(), participations: [part(alice), part(bob), part(carol)] });

it('a crash that LiveKit notices 20 s late is dated by the stream that closed at once', () => {
  const over = play(active(), [
    [vanished(alice, now), now + 20_000],
    [vanished(bob, now + 10), now + 20_100],
    [timePasses, now + 35_100],
  ]);
  expect(over).toMatchObject({ status: 'ended', endReason: 'completed', lengthMs: talkedMs + 10 });
});

it('without news of the stream the length stops where LiveKit noticed', () => {
  const over = play(active(), [
    [vanished(bob), now + 20_000],
    [timePasses, now + 35_000],
  ]);
  expect(over.lengthMs).toBe(talkedMs + 20_000);
});

it('a stream that closed long before does not date the end of a participant who talked on', () => {
  const later = now + 600_000;
  const over = play(active(), [
    [vanished(bob, now), later],
    [timePasses, later + 15_000],
  ]);
  expect(over.lengthMs).toBe(talkedMs + 600_000);
  const atTheEdge = play(active(), [[vanished(bob, now), now + crashNoticedWithinMs]]);
  expect(atTheEdge.participations[1]).toMatchObject({ state: 'rejoining', droppedAt: now });
});

it('a stream that closed before a participant entered does not date their end', () => {
  const entered = { ...active(), participations: [part(alice), part(bob, { enteredAt: now - 2000 })] };
  const over = play(entered, [[vanished(bob, now - 3000), now + 5000]]);
  expect(over.participations[1]).toMatchObject({ state: 'rejoining', droppedAt: now - 2000 });
});

it('a participant who rejoins counts as never having left', () => {
  const back = play(active(), [
    [vanished(bob, now), now + 20_000],
    [{ type: 'media_joined', userId: bob, clientId: tab, sid: 'sid_again' }, now + 21_000],
  ]);
  expect(back.participations[1]).toMatchObject({ state: 'connected', mediaSid: 'sid_again' });
  const over = play(back, [[{ type: 'leave', userId: bob, clientId: tab }, now + 60_000]]);
  expect(over.lengthMs).toBe(talkedMs + 60_000);
});

it('a participant who left while another’s rejoin time ran counts until they left', () => {
  const over = play(three(), [
    [vanished(bob), now],
    [{ type: 'leave', userId: carol, clientId: tab }, now + 8000],
    [timePasses, now + 15_000],
  ]);
  expect(over).toMatchObject({ status: 'ended', lengthMs: talkedMs + 8000 });
});

it('a participant who dropped long ago does not date the end of a call that went on without them', () => {
  const over = play(three(), [
    [vanished(carol), now],
    [timePasses, now + 15_000],
    [
      {
        type: 'ring',
        ringId: 'ring_2' as never,
        ringerId: alice,
        userId: carol,
        isQuiet: false,
        isReached: true,
      },
      now + 590_000,
    ],
    [{ type: 'leave', userId: bob, clientId: tab }, now + 600_000],
    [timePasses, now + 650_000],
  ]);
  expect(over).toMatchObject({ status: 'ended', lengthMs: talkedMs + 650_000 });
});

it('a reload that never gets back in keeps what was talked before it', () => {
  const longAgo = { ...active(), activeAt: now - 600_000 };
  const over = play(
    {
      ...longAgo,
      participations: [part(alice), part(bob, { enteredAt: now - 600_000 })],
    },
    [
      [vanished(bob), now],
      [{ type: 'enter', userId: bob, clientId: tab, signInId }, now + 1000],
      [timePasses, now + 16_000],
    ],
  );
  expect(over).toMatchObject({ status: 'ended', lengthMs: 600_000 });
});

it('an hour that the clock was set back by while the app was down lengthens nothing', () => {
  const hour = 3_600_000;
  const before = play(active(), [
    [
      {
        type: 'ring',
        ringId: 'ring_2' as never,
        ringerId: alice,
        userId: carol,
        isQuiet: false,
        isReached: true,
      },
    ],
    [vanished(bob)],
  ]);
  const after = play(before, [[{ type: 'resume' }, now - hour]]);
  const carols = after.rings.find((ring) => ring.userId === carol);
  expect(carols?.deadlineAt).toBe(now - hour + times.ringTimeoutMs);
  // A participant who rejoins after LiveKit was down has 20 s: no shorter time is cut.
  expect(after.participations[1]).toMatchObject({
    deadlineAt: now - hour + 20_000,
    droppedAt: now - hour,
  });
  expect(after.activeAt).toBe(now - hour);
  expect(transition(after, { type: 'resume' }, now - hour, times).kind).toBe('unchanged');
});

it('a restart with a right clock changes nothing', () => {
  expect(transition(active(), { type: 'resume' }, now + 60_000, times).kind).toBe('unchanged');
});

describe('a server that did not watch', () => {
  const hourMs = 3_600_000;
  const seenAt = (at: number, change: Partial<Call> = {}) => ({
    ...active(),
    lastKnownAliveAt: at,
    ...change,
  });

  it('dates who is missing in a list by the look before', () => {
    const over = play(seenAt(now), [
      [{ ...vanished(bob), noticed: 'list' }, now + 4000],
      [timePasses, now + 19_000],
    ]);
    expect(over.lengthMs).toBe(talkedMs);
  });

  it('… and a webhook by its own moment', () => {
    const gone = changedBy(seenAt(now), vanished(bob), now + 4000);
    expect(gone.participations[1]).toMatchObject({ droppedAt: now + 4000 });
  });

  it('knows nothing by a webhook, nor by a stream, that it meets after it stood still', () => {
    const late = now + hourMs;
    for (const news of [vanished(bob), vanished(bob, late - 1)]) {
      const gone = changedBy(seenAt(now), news, late);
      expect(gone.participations[1]).toMatchObject({ droppedAt: now });
    }
  });

  it('ends a call whose last ring ran out meanwhile where it last saw it', () => {
    const alone = { participations: [part(alice), leftPart(bob, now - 1000)] };
    const ringing = { ...alone, rings: [ring(carol, { deadlineAt: now + 30_000 })] };
    const judged = { type: 'time_passed', judges: 'rings' } as const;
    expect(changedBy(seenAt(now, ringing), judged, now + hourMs).lengthMs).toBe(talkedMs);
    const watched = seenAt(now + 29_000, ringing);
    expect(changedBy(watched, triggers.time_passed, now + 30_200).lengthMs).toBe(talkedMs + 30_000);
  });

  it('ends a call that everyone dropped out of with the last of them, not with its last ring', () => {
    const waiting = {
      participations: [droppedPart(alice, now + 60_000, now), leftPart(bob, now - 1000)],
      rings: [ring(carol, { deadlineAt: now + 30_000 })],
    };
    const over = changedBy(seenAt(now, waiting), triggers.time_passed, now + 30_000);
    expect(over).toMatchObject({ status: 'ended', lengthMs: talkedMs });
  });

  it('ends a call that LiveKit’s absence ends where people were last known to be in it', () => {
    const over = play(seenAt(now - 1000), [
      [triggers.media_lost, now + 5000],
      [timePasses, now + 5000 + mediaLostTimeoutMs],
    ]);
    expect(over).toMatchObject({ endReason: 'failed', lengthMs: talkedMs - 1000 });
  });

  it('takes an entry and a connection for life', () => {
    const joined = changedBy(seenAt(now), triggers.media_joined, now + 3000);
    expect(joined.lastKnownAliveAt).toBe(now + 3000);
    expect(changedBy(ringing(), triggers.enter, now + 3000).lastKnownAliveAt).toBe(now + 3000);
    expect(changedBy(seenAt(now), triggers.media_left, now + 3000).lastKnownAliveAt).toBe(now);
  });
});

it('judges rings alone while LiveKit has yet to say who came back', () => {
  const waiting = {
    ...active(),
    participations: [part(alice), droppedPart(bob, now, now - 15_000)],
    rings: [ring(carol, { deadlineAt: now })],
  };
  const judged = changedBy(waiting, { type: 'time_passed', judges: 'rings' });
  expect(judged.rings[0]?.state).toBe('missed');
  expect(judged.participations[1]?.state).toBe('rejoining');
  const lost = { ...active(), mediaLostAt: now - mediaLostTimeoutMs };
  expect(transition(lost, { type: 'time_passed', judges: 'rings' }, now, times).kind).toBe('unchanged');
});
