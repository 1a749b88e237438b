import type { Reception } from '@parley/call-protocol';
import type { DeviceProblem } from '../media/device-problem';
import type { Words } from '../words/ready-words';

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

/** Why the others do not hear this person: the first cause on the way from the microphone to their speakers. */
export function whyTheyCannotHear(facts: OutgoingFacts, { soundCheck: say }: Words): Cause {
  const { microphoneProblem, pushKey, peak, sentPerSecond, receptions } = facts;
  const without = (problem: DeviceProblem): Cause => ({
    text: say.microphone[problem],
    remedy: problem === 'insecure' ? null : 'open_microphone',
  });
  if (!facts.isConnected) return { text: say.noConnection, remedy: null };
  if (microphoneProblem) return without(microphoneProblem);
  if (!facts.hasMicrophone) return without('missing');
  if (!facts.isMicrophoneOn) {
    if (pushKey) return { text: say.mutedUntilHeld({ key: pushKey }), remedy: 'stop_pushing' };
    return { text: say.muted, remedy: 'unmute' };
  }
  if (peak !== null && peak < silence)
    return { text: say.silent, remedy: facts.isSystemMicrophone ? null : 'system_microphone' };
  if (sentPerSecond === 0) return { text: say.notSent, remedy: 'reconnect' };
  const deaf = receptions.filter(({ reception }) => reception.lossPercent === null);
  if (deaf.length > 0) return { text: say.notReceived({ names: namesOf(deaf) }), remedy: 'reconnect' };
  const lossy = receptions.filter(({ reception }) => (reception.lossPercent ?? 0) >= muchLossPercent);
  if (lossy.length > 0) {
    const percent = Math.max(...lossy.map(({ reception }) => reception.lossPercent ?? 0));
    return {
      text: say.voiceLost({ percent, names: namesOf(lossy) }),
      remedy: facts.hasPictures ? 'stop_pictures' : null,
    };
  }
  const late = receptions.filter(({ reception }) => (reception.roundTripMs ?? 0) >= longRoundTripMs);
  if (late.length > 0) return { text: say.late({ names: namesOf(late) }), remedy: null };
  if (receptions.length === 0 || peak === null || sentPerSecond === null)
    return { text: say.saySomething, remedy: null };
  return { text: say.heard({ names: namesOf(receptions) }), remedy: null };
}

/** Why this person does not hear the others: the first cause on the way from them to this speaker. */
export function whyICannotHear(facts: IncomingFacts, { soundCheck: say }: Words): Cause {
  const { isConnected, canPlaySound, hasPictures, people } = facts;
  if (!isConnected) return { text: say.noConnection, remedy: null };
  if (!canPlaySound) return { text: say.soundBlocked, remedy: 'play_sound' };
  if (people.length === 0) return { text: say.alone, remedy: null };
  const silenced = people.filter(({ volume }) => volume === 0);
  if (silenced.length > 0)
    return { text: say.turnedDown({ names: namesOf(silenced) }), remedy: 'reset_volume' };
  const open = people.filter(({ isMuted }) => !isMuted);
  if (open.length === 0)
    return { text: say.allMuted({ count: people.length, names: namesOf(people) }), remedy: null };
  if (open.some(({ lossPercent }) => lossPercent === undefined)) return { text: say.looking, remedy: null };
  const missing = open.filter(({ lossPercent }) => lossPercent === null);
  if (missing.length > 0) return { text: say.nothingFrom({ names: namesOf(missing) }), remedy: 'reconnect' };
  const lossy = open.filter(({ lossPercent }) => (lossPercent ?? 0) >= muchLossPercent);
  if (lossy.length > 0) {
    const percent = Math.max(...lossy.map(({ lossPercent }) => lossPercent ?? 0));
    return {
      text: say.voicesLost({ count: lossy.length, percent, names: namesOf(lossy) }),
      remedy: hasPictures ? 'stop_pictures' : null,
    };
  }
  return { text: say.played({ names: namesOf(open) }), remedy: 'test_speaker' };
}

const namesOf = (people: readonly { name: string }[]) => people.map(({ name }) => name);
