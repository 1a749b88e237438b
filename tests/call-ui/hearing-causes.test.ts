import { expect, test } from 'vitest';
import {
  type IncomingFacts,
  type OutgoingFacts,
  whyICannotHear,
  whyTheyCannotHear,
} from '@/lib/call-ui/hearing/causes';
import { lossOf } from '@/lib/call-ui/media/measure-voices';
import { english } from '@/lib/call-ui/words/en';
import { readyWords } from '@/lib/call-ui/words/ready-words';

const reception = (name: string, lossPercent: number | null, roundTripMs: number | null = 40) => ({
  name,
  reception: { lossPercent, roundTripMs },
});

/** A voice that reaches Bob. */
const out: OutgoingFacts = {
  isConnected: true,
  microphoneProblem: null,
  hasMicrophone: true,
  isMicrophoneOn: true,
  pushKey: null,
  isSystemMicrophone: false,
  peak: 0.5,
  sentPerSecond: 4000,
  hasPictures: false,
  receptions: [reception('Bob', 0)],
};

test.each<[string, Partial<OutgoingFacts>, string, string | null]>([
  ['nothing is wrong here', {}, 'Your voice reaches Bob.', null],
  ['the connection is lost', { isConnected: false, isMicrophoneOn: false }, 'connection to the call', null],
  [
    'the browser blocks it',
    { microphoneProblem: 'refused', hasMicrophone: false },
    'blocks',
    'open_microphone',
  ],
  [
    'another program has it',
    { microphoneProblem: 'busy', hasMicrophone: false },
    'Another program',
    'open_microphone',
  ],
  ['plain http', { microphoneProblem: 'insecure', hasMicrophone: false }, 'http', null],
  ['there is none', { hasMicrophone: false, isMicrophoneOn: false }, 'No microphone', 'open_microphone'],
  ['muted', { isMicrophoneOn: false, peak: 0 }, 'You are muted.', 'unmute'],
  ['muted by push to talk', { isMicrophoneOn: false, pushKey: 'V' }, 'until you hold V', 'stop_pushing'],
  ['a silent microphone', { peak: 0.01 }, 'picks up no sound', 'system_microphone'],
  ['a silent system microphone', { peak: 0.01, isSystemMicrophone: true }, 'picks up no sound', null],
  ['nothing leaves', { sentPerSecond: 0 }, 'does not leave this device', 'reconnect'],
  [
    'nothing reaches Bob',
    { receptions: [reception('Bob', null), reception('Carol', 0)] },
    'does not reach Bob',
    'reconnect',
  ],
  [
    'much is lost',
    { receptions: [reception('Bob', 23)] },
    '23 % of your voice is lost on the way to Bob',
    null,
  ],
  [
    'much is lost beside a camera',
    { receptions: [reception('Bob', 23)], hasPictures: true },
    '23 %',
    'stop_pictures',
  ],
  ['a little is lost', { receptions: [reception('Bob', 9)] }, 'Your voice reaches Bob.', null],
  ['it comes late', { receptions: [reception('Bob', 0, 900)] }, 'reaches Bob late', null],
  ['nobody has told yet', { receptions: [] }, 'Say something', null],
  ['the level is not known yet', { peak: null }, 'Say something', null],
])('they can’t hear me: %s', (_, change, words, remedy) => {
  const cause = whyTheyCannotHear({ ...out, ...change }, readyWords(english));
  expect(cause.text).toContain(words);
  expect(cause.remedy).toBe(remedy);
});

type Other = IncomingFacts['people'][number];
const other = (change: Partial<Other> = {}): Other => ({
  name: 'Bob',
  isMuted: false,
  volume: 100,
  lossPercent: 0,
  ...change,
});
const into: IncomingFacts = { isConnected: true, canPlaySound: true, hasPictures: false, people: [other()] };

test.each<[string, Partial<IncomingFacts>, string, string | null]>([
  ['nothing is wrong on the way', {}, 'The voice of Bob arrives and is played.', 'test_speaker'],
  ['the connection is lost', { isConnected: false, canPlaySound: false }, 'connection to the call', null],
  ['the browser plays nothing', { canPlaySound: false }, 'keeps the sound of this call off', 'play_sound'],
  ['nobody is there', { people: [] }, 'Nobody else', null],
  [
    'turned down',
    { people: [other({ volume: 0, isMuted: true })] },
    'turned Bob down to 0 %',
    'reset_volume',
  ],
  ['muted there', { people: [other({ isMuted: true, lossPercent: null })] }, 'Bob is muted.', null],
  [
    'all muted there',
    { people: [other({ isMuted: true }), other({ name: 'Carol', isMuted: true })] },
    'Bob and Carol are muted.',
    null,
  ],
  ['not measured yet', { people: [other({ lossPercent: undefined })] }, 'Parley is looking.', null],
  [
    'nothing arrives',
    { people: [other({ lossPercent: null }), other({ name: 'Carol' })] },
    'Nothing arrives from Bob.',
    'reconnect',
  ],
  ['much is lost', { people: [other({ lossPercent: 31 })] }, '31 % of what Bob says is lost', null],
  [
    'much is lost beside a screen',
    { people: [other({ lossPercent: 31 })], hasPictures: true },
    '31 %',
    'stop_pictures',
  ],
])('I can’t hear them: %s', (_, change, words, remedy) => {
  const cause = whyICannotHear({ ...into, ...change }, readyWords(english));
  expect(cause.text).toContain(words);
  expect(cause.remedy).toBe(remedy);
});

test('loss is what did not arrive of what was sent between two counts', () => {
  const before = { packets: 100, lost: 10 };
  expect(lossOf(before, { packets: 175, lost: 35 })).toBe(25);
  expect(lossOf(before, { packets: 150, lost: 10 })).toBe(0);
  expect(lossOf(before, { packets: 100, lost: 10 })).toBe(null);
  // Packets that came late are taken back from the lost ones.
  expect(lossOf(before, { packets: 150, lost: 7 })).toBe(0);
  expect(lossOf(undefined, { packets: 30, lost: 10 })).toBe(25);
});
