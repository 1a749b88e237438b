import type { CallNotice, CallParticipant, CallSummary } from '@parley/call-kit';
import { alice, others, summary, who } from './people';
import { picture, sharedScreen } from './picture';

/** A state of the stage, as plain data. */
export type StageScene = {
  call: CallSummary;
  people: CallParticipant[];
  focus?: string;
  pinnedId?: string;
  isBar?: boolean;
  notices?: CallNotice[];
};

const group = (count: number): CallSummary =>
  summary({ kind: 'group', title: count > 12 ? 'Street party and flea market' : 'Weekend trip' });
const withCamera = (name: string) => ({ camera: picture(name) });

const noMicrophone = { isMuted: true, hasMicrophone: false };
const microphones = (bob: Partial<CallParticipant> = {}) => [
  who('Bob', { isSpeaking: true, ...bob }),
  who('Carol', { isMuted: true }),
  who('Dave', noMicrophone),
  who('Erin'),
  alice(noMicrophone),
];

/** Every state, by name. */
export const stageScenes: Record<string, () => StageScene> = {
  'voices-2': () => ({
    call: summary(),
    people: [who('Bob', { isSpeaking: true }), alice({ isMuted: true })],
  }),
  'voices-bar': () => ({ call: summary(), people: [who('Bob'), alice()], isBar: true }),
  connecting: () => ({
    call: summary({ phase: 'connecting', durationMs: null, stateText: 'Connecting…' }),
    people: [who('Bob', { state: 'connecting', stateText: 'Connecting…' }), alice()],
  }),
  reconnecting: () => ({
    call: summary({ phase: 'reconnecting', stateText: 'Reconnecting…', quality: 'lost' }),
    people: [who('Bob'), alice({ quality: 'lost' })],
    notices: [{ id: 'reconnecting', name: null, act: null }],
  }),
  'voices-5': () => ({
    call: group(5),
    people: [...others(4, (index) => ({ isMuted: index === 1, isSpeaking: index === 2 })), alice()],
  }),
  'voices-9': () => ({ call: group(9), people: [...others(8), alice()] }),
  hands: () => ({
    call: group(7),
    people: [
      ...others(6, (index) => ({
        isMuted: index !== 1,
        handPlace: [2, null, 1, null, 4, null][index] ?? null,
        reaction: index < 2 ? 'party' : null,
      })),
      alice({ handPlace: 3 }),
    ],
  }),
  'hands-bar': () => ({
    call: group(3),
    isBar: true,
    people: [...others(2, (index) => ({ reaction: index ? 'heart' : 'laugh' })), alice({ handPlace: 1 })],
  }),
  'hands-25': () => ({
    call: group(25),
    people: [...others(24, (index) => ({ reaction: index === 23 ? 'clap' : null })), alice()],
  }),
  'voices-25': () => ({
    call: group(25),
    people: [
      ...others(24, (index) => ({ isSpeaking: index === 20 || index === 1, isMuted: index % 3 === 2 })),
      alice({ isMuted: true }),
    ],
  }),
  'voices-away': () => ({
    call: group(4),
    people: [
      who('Bob'),
      who('Carol', { state: 'ringing', stateText: 'Ringing…', stopRinging: () => {} }),
      who('Dave', { state: 'declined', stateText: 'Declined', ringAgain: () => {} }),
      who('Bartholomew Featherstonehaugh', {
        state: 'no_answer',
        stateText: 'No answer',
        ringAgain: () => {},
      }),
      alice(),
    ],
  }),
  /** Bob speaks, Carol is muted, Dave and Alice have no microphone. */
  'voices-microphones': () => ({ call: group(5), people: microphones() }),
  'group-microphones': () => ({ call: group(5), people: microphones(withCamera('Bob')) }),
  'voices-notice': () => ({
    call: group(5),
    people: [...others(4), alice(noMicrophone)],
    notices: [{ id: 'microphone_blocked', problem: 'refused', name: null, act: () => {} }],
  }),
  countdown: () => ({
    call: summary(),
    people: [who('Bob', { state: 'rejoining', stateText: 'Reconnecting…', rejoinMsLeft: 11_000 }), alice()],
  }),
  'camera-theirs': () => ({
    call: summary(),
    people: [who('Bob', { ...withCamera('Bob'), isSpeaking: true }), alice()],
  }),
  'hands-camera': () => ({
    call: group(5),
    people: [
      who('Bob', { ...withCamera('Bob'), handPlace: 1, reaction: 'thumbs_up' }),
      who('Carol', { handPlace: 2, isMuted: true, reaction: 'wow' }),
      who('Dave'),
      alice(),
    ],
  }),
  'camera-both': () => ({
    call: summary(),
    people: [who('Bob', withCamera('Bob')), alice(withCamera('Alice'))],
  }),
  'camera-mine': () => ({ call: summary(), people: [who('Bob'), alice(withCamera('Alice'))] }),
  'camera-upright': () => ({
    call: summary(),
    people: [
      who('Bob', { camera: picture('Bob upright', 720, 1280), quality: 'weak' }),
      alice({ camera: picture('Alice upright', 720, 960) }),
    ],
  }),
  'group-one-camera': () => ({
    call: group(5),
    people: [...others(4, (index, name) => (index === 1 ? withCamera(name) : {})), alice()],
  }),
  'group-cameras-4': () => ({
    call: group(4),
    people: [
      ...others(3, (index, name) => ({ ...withCamera(name), isMuted: index === 0, isSpeaking: index === 1 })),
      alice(withCamera('Alice')),
    ],
  }),
  'group-cameras-14': () => ({
    call: group(14),
    people: [
      ...others(13, (index, name) => (index % 4 === 3 ? {} : withCamera(name))),
      alice({ ...withCamera('Alice'), isMuted: true }),
    ],
  }),
  'group-cameras-25': () => ({
    call: group(25),
    people: [...others(24, (index, name) => (index < 9 ? withCamera(name) : {})), alice()],
  }),
  'group-pinned': () => ({
    call: group(14),
    pinnedId: 'Carol',
    people: [...others(13, (_, name) => withCamera(name)), alice(withCamera('Alice'))],
  }),
  'group-focus': () => ({
    call: group(9),
    focus: 'Carol',
    people: [...others(8, (index, name) => (index < 4 ? withCamera(name) : {})), alice()],
  }),
  'screen-theirs': () => ({
    call: summary(),
    people: [who('Bob', { screen: sharedScreen('Bob'), isSpeaking: true }), alice({ isMuted: true })],
  }),
  'screen-mine': () => ({
    call: summary(),
    people: [who('Bob', withCamera('Bob')), alice({ screen: sharedScreen('Alice') })],
  }),
  'screen-group': () => ({
    call: group(14),
    people: [
      ...others(13, (index, name) => ({
        ...(index < 3 ? withCamera(name) : {}),
        ...(index === 2 ? { screen: sharedScreen(name) } : {}),
        isMuted: index === 4,
      })),
      alice(withCamera('Alice')),
    ],
  }),
};
