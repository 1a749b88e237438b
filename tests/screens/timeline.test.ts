import { english, readyWords } from '@parley/call-kit/words';
import type { CallEntry, MessageView } from '@parley/call-protocol';
import { describe, expect, test } from 'vitest';
import { fromSnapshot } from '@/app/(community)/_store/community-state';
import { timeline } from '@/app/(community)/_store/timeline';
import { outcomeText } from '@/app/(community)/_store/titles';
import { byDay } from '@/app/(community)/calls/by-day';
import { bob, snapshot } from '../call-ui/support/views';
import { t } from '../support/english';
import { messageView } from '../support/message-views';

const noon = new Date(2026, 2, 9, 12, 0).getTime();
const minute = 60_000;
const day = 24 * 60 * minute;

const message = (seq: number, over: Partial<MessageView> = {}) =>
  messageView(seq, {
    conversationId: 'conv_1',
    text: `message ${seq}`,
    sentAt: noon + seq * 1000,
    ...over,
  });

function entry(over: Partial<CallEntry> = {}): CallEntry {
  return {
    callId: 'call_1',
    conversationId: 'conv_1',
    conversationKind: 'direct',
    callerId: 'bob',
    outcome: 'missed',
    personIds: [],
    lengthMs: null,
    line: null,
    startedAt: noon,
    ...over,
  };
}

const shape = (items: ReturnType<typeof timeline>) =>
  items.map((item) => {
    if (item.kind === 'message' || item.kind === 'pending') return item.isFirst ? 'named' : 'plain';
    return item.kind === 'call' ? `call×${item.count}` : item.kind;
  });

describe('the message list', () => {
  test('names a person once for what they say within five minutes', () => {
    const items = timeline(
      [
        message(1),
        message(2),
        message(3, { sentAt: noon + 7 * minute }),
        message(4, { authorId: 'carol', sentAt: noon + 8 * minute }),
      ],
      [],
      'alice',
      null,
    );
    expect(shape(items)).toEqual(['day', 'named', 'plain', 'named', 'named']);
  });

  test('puts a separator before each day', () => {
    const items = timeline([message(1), message(2, { sentAt: noon + day })], [], 'alice', null);
    expect(shape(items)).toEqual(['day', 'named', 'day', 'named']);
  });

  test('marks once where the unread messages of others begin, not before one of mine', () => {
    const items = timeline(
      [message(1), message(2, { authorId: 'alice' }), message(3), message(4)],
      [],
      'alice',
      1,
    );
    expect(shape(items)).toEqual(['day', 'named', 'named', 'new', 'named', 'plain']);
  });

  test('folds missed calls in a row into one line with a count, but never two talks', () => {
    const missed = (seq: number) => message(seq, { callEntry: entry({ callId: `call_${seq}` }) });
    const talked = (seq: number) =>
      message(seq, { callEntry: entry({ callId: `call_${seq}`, outcome: 'completed', lengthMs: minute }) });
    const items = timeline(
      [missed(1), missed(2), message(3), missed(4), talked(5), talked(6)],
      [],
      'alice',
      null,
    );
    expect(shape(items)).toEqual(['day', 'call×2', 'named', 'call×1', 'call×1', 'call×1']);
  });

  test('folds short talks in a row, and keeps one that took longer apart', () => {
    const talk = (seq: number, lengthMs: number) =>
      message(seq, { callEntry: entry({ callId: `call_${seq}`, outcome: 'completed', lengthMs }) });
    const items = timeline(
      [talk(1, 4000), talk(2, 59_000), talk(3, minute), talk(4, 1000)],
      [],
      'alice',
      null,
    );
    expect(shape(items)).toEqual(['day', 'call×2', 'call×1', 'call×1']);
  });

  test('keeps a missed call from Bob apart from one from Carol', () => {
    const items = timeline(
      [
        message(1, { callEntry: entry() }),
        message(2, { callEntry: entry({ callId: 'call_2', callerId: 'carol' }) }),
      ],
      [],
      'alice',
      null,
    );
    expect(shape(items)).toEqual(['day', 'call×1', 'call×1']);
  });

  test('shows what is on its way after everything else, under my name', () => {
    const pending = {
      clientMessageId: 'abcdefgh',
      text: 'hi',
      sentAt: noon + minute,
      hasFailed: false,
      reason: null,
    };
    expect(
      shape(timeline([message(1)], [pending, { ...pending, clientMessageId: 'b' }], 'alice', null)),
    ).toEqual(['day', 'named', 'named', 'plain']);
  });
});

describe('the call history', () => {
  test('groups by day, folds repeats, and leaves live calls to the part above', () => {
    const days = byDay([
      entry({ callId: 'c0', outcome: 'live' }),
      entry({ callId: 'c1' }),
      entry({ callId: 'c2' }),
      entry({ callId: 'c3', outcome: 'completed', lengthMs: minute }),
      entry({ callId: 'c4', startedAt: noon - day }),
    ]);
    expect(days.map((one) => one.lines.map((line) => `${line.entry.callId}×${line.count}`))).toEqual([
      ['c1×2', 'c3×1'],
      ['c4×1'],
    ]);
  });
});

describe('how a call came out', () => {
  const state = fromSnapshot(snapshot([]));
  test('names who called in a group; in a direct conversation the name stands above it', () => {
    const missed = entry({ conversationKind: 'group', callerId: bob.id });
    expect(outcomeText({ t, callWords: readyWords(english) }, state, missed)).toBe('Missed call from Bob');
    expect(
      outcomeText({ t, callWords: readyWords(english) }, state, { ...missed, conversationKind: 'direct' }),
    ).toBe('Missed call');
  });
});
