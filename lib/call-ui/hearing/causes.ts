import type { Reception } from '@parley/call-protocol';
import type { DeviceProblem } from '../media/device-problem';
import { joinNames } from '../words';

/** The one thing that helps, as a button. */
export type Remedy =
  | 'open_microphone'
  | 'unmute'
  | 'stop_pushing'
  | 'system_microphone'
  | 'reconnect'
  | 'stop_pictures'
  | 'play_sound'
  | 'reset_volume'
  | 'test_speaker';

/** Why one participant does not hear another, in a sentence, and what helps; null: nothing on this side. */
export type Cause = { text: string; remedy: Remedy | null };

/** What the voice of this person is like on its way out. */
export type OutgoingFacts = {
  isConnected: boolean;
  microphoneProblem: DeviceProblem | null;
  hasMicrophone: boolean;
  isMicrophoneOn: boolean;
  /** The key that is held to talk; null: without push to talk. */
  pushKey: string | null;
  isSystemMicrophone: boolean;
  /** The loudest of the last seconds, 0–1; null: not known yet. */
  peak: number | null;
  /** Null: not known yet. */
  sentPerSecond: number | null;
  /** Camera or screen are being sent. */
  hasPictures: boolean;
  /** The others that have reported how they receive this voice. */
  receptions: readonly { name: string; reception: Reception }[];
};

/** What the voices of the others are like on their way in. */
export type IncomingFacts = {
  isConnected: boolean;
  canPlaySound: boolean;
  hasPictures: boolean;
  /** The others in the call, and how much of their voices is lost; undefined: not known yet. */
  people: readonly {
    name: string;
    isMuted: boolean;
    volume: number;
    lossPercent: number | null | undefined;
  }[];
};

/** A microphone in a quiet room still picks up more than this. */
const silence = 0.04;
/** Opus hides less than this well. */
const muchLossPercent = 10;
/** People talk over each other from about here on (ITU-T G.114). */
const longRoundTripMs = 800;

const noConnection: Cause = {
  text: 'Your connection to the call is lost. Parley is reconnecting.',
  remedy: null,
};

const problems: Record<DeviceProblem, Cause> = {
  refused: { text: 'Your browser blocks the microphone.', remedy: 'open_microphone' },
  missing: { text: 'No microphone was found.', remedy: 'open_microphone' },
  busy: { text: 'Another program is using your microphone.', remedy: 'open_microphone' },
  insecure: { text: 'This page is on http, where browsers keep the microphone off.', remedy: null },
};

/** Why the others do not hear this person: the first cause on the way from the microphone to their speakers. */
export function whyTheyCannotHear(facts: OutgoingFacts): Cause {
  const { microphoneProblem, pushKey, peak, sentPerSecond, receptions } = facts;
  if (!facts.isConnected) return noConnection;
  if (microphoneProblem) return problems[microphoneProblem];
  if (!facts.hasMicrophone) return problems.missing;
  if (!facts.isMicrophoneOn) {
    if (pushKey) return { text: `You are muted until you hold ${pushKey}.`, remedy: 'stop_pushing' };
    return { text: 'You are muted.', remedy: 'unmute' };
  }
  if (peak !== null && peak < silence)
    return {
      text: 'Your microphone picks up no sound. It may be switched off, or be another one than you think.',
      remedy: facts.isSystemMicrophone ? null : 'system_microphone',
    };
  if (sentPerSecond === 0) return { text: 'Your voice does not leave this device.', remedy: 'reconnect' };
  const without = receptions.filter(({ reception }) => reception.lossPercent === null);
  if (without.length > 0)
    return {
      text: `Your voice leaves this device, but does not reach ${namesOf(without)}.`,
      remedy: 'reconnect',
    };
  const lossy = receptions.filter(({ reception }) => (reception.lossPercent ?? 0) >= muchLossPercent);
  if (lossy.length > 0) {
    const loss = Math.max(...lossy.map(({ reception }) => reception.lossPercent ?? 0));
    return {
      text: `${loss} % of your voice is lost on the way to ${namesOf(lossy)}: one of your connections is weak.`,
      remedy: facts.hasPictures ? 'stop_pictures' : null,
    };
  }
  const late = receptions.filter(({ reception }) => (reception.roundTripMs ?? 0) >= longRoundTripMs);
  if (late.length > 0) return { text: `Your voice reaches ${namesOf(late)} late.`, remedy: null };
  if (receptions.length === 0 || peak === null || sentPerSecond === null)
    return { text: 'Say something: Parley is looking.', remedy: null };
  return {
    text: `Your voice reaches ${namesOf(receptions)}. Their speaker may be off, or you may be turned down there.`,
    remedy: null,
  };
}

/** Why this person does not hear the others: the first cause on the way from them to this speaker. */
export function whyICannotHear({ isConnected, canPlaySound, hasPictures, people }: IncomingFacts): Cause {
  if (!isConnected) return noConnection;
  if (!canPlaySound) return { text: 'Your browser keeps the sound of this call off.', remedy: 'play_sound' };
  if (people.length === 0) return { text: 'Nobody else is in the call.', remedy: null };
  const silenced = people.filter(({ volume }) => volume === 0);
  if (silenced.length > 0)
    return { text: `You have turned ${namesOf(silenced)} down to 0 %.`, remedy: 'reset_volume' };
  const open = people.filter(({ isMuted }) => !isMuted);
  if (open.length === 0)
    return { text: `${namesOf(people)} ${people.length === 1 ? 'is' : 'are'} muted.`, remedy: null };
  if (open.some(({ lossPercent }) => lossPercent === undefined))
    return { text: 'Parley is looking.', remedy: null };
  const missing = open.filter(({ lossPercent }) => lossPercent === null);
  if (missing.length > 0) return { text: `Nothing arrives from ${namesOf(missing)}.`, remedy: 'reconnect' };
  const lossy = open.filter(({ lossPercent }) => (lossPercent ?? 0) >= muchLossPercent);
  if (lossy.length > 0) {
    const loss = Math.max(...lossy.map(({ lossPercent }) => lossPercent ?? 0));
    return {
      text: `${loss} % of what ${namesOf(lossy)} ${lossy.length === 1 ? 'says' : 'say'} is lost: one of your connections is weak.`,
      remedy: hasPictures ? 'stop_pictures' : null,
    };
  }
  return {
    text: `The voice of ${namesOf(open)} arrives and is played. Your speaker may be off, or be another one.`,
    remedy: 'test_speaker',
  };
}

const namesOf = (people: readonly { name: string }[]) => joinNames(people.map(({ name }) => name));
