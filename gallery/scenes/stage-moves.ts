import type { CallParticipant } from '@parley/call-kit';
import { alice, others, summary, who } from './people';
import { picture, sharedScreen } from './picture';
import type { StageScene } from './stage-scenes';

/** A state of the stage and the one that follows it. */
export type StageMove = { before: StageScene; after: StageScene };

const groupCall = () => summary({ kind: 'group', title: 'Weekend trip' });

/** The same call before and after one of its people has changed. */
function change(
  people: CallParticipant[],
  name: string,
  to: Partial<CallParticipant>,
  more: Partial<StageScene> = {},
): StageMove {
  const call = people.length > 2 ? groupCall() : summary();
  const after = people.map((one) => (one.person.id === name ? { ...one, ...to } : one));
  return { before: { call, people, ...more }, after: { call, people: after, ...more } };
}

const five = () => [...others(4), alice()];
const two = (bob: Partial<CallParticipant> = {}) => [who('Bob', bob), alice()];
const cameras = (count: number) => [
  ...others(8, (index, name) => (index < count ? { camera: picture(name) } : {})),
  alice(),
];
/** What changes in a call while nothing that is there may move. */
export const stageMoves: Record<string, () => StageMove> = {
  speaks: () => change(five(), 'Carol', { isSpeaking: true }),
  mutes: () => change(five(), 'Carol', { isMuted: true }),
  'loses the microphone': () => change(five(), 'Alice', { isMuted: true, hasMicrophone: false }),
  'raises a hand': () => change(five(), 'Carol', { handPlace: 1 }),
  'raises a hand in a picture': () => change(cameras(3), 'Carol', { handPlace: 1, isMuted: true }),
  reacts: () => change(five(), 'Carol', { reaction: 'party' }),
  'reacts under the bar': () => change(five(), 'Carol', { reaction: 'party' }, { isBar: true }),
  'reacts out of sight': () => change([...others(24), alice()], '🌻 Sunny', { reaction: 'party' }),
  'has a weak connection': () => change(five(), 'Carol', { quality: 'weak' }),
  'answers the ring': () => {
    const rung = who('Carol', { state: 'ringing', stateText: 'Ringing…', stopRinging: () => {} });
    const move = change([who('Bob'), rung, who('Dave'), alice()], 'Carol', {
      ...{ state: 'connecting', stateText: 'Connecting…', stopRinging: null },
    });
    return move;
  },
  'shows a third picture': () =>
    change(cameras(2), 'Maximiliana von Hohenzollern-Sigmaringen', {
      camera: picture('Maximiliana'),
    }),
  'stops the third picture': () =>
    change(cameras(3), 'Maximiliana von Hohenzollern-Sigmaringen', { camera: null }),
  'shows the own picture': () =>
    change(two({ camera: picture('Bob') }), 'Alice', { camera: picture('Alice') }),
  'stops the own picture': () => {
    const { before, after } = change(two({ camera: picture('Bob') }), 'Alice', { camera: picture('Alice') });
    return { before: after, after: before };
  },
  'shows a picture beside a screen': () =>
    change([who('Bob', { screen: sharedScreen('Bob') }), who('Carol'), alice()], 'Carol', {
      camera: picture('Carol'),
    }),
  'loses the connection': () => change(two(), 'Bob', { quality: 'lost', isSpeaking: false }),
  'ten minutes are over': () => {
    const people = five();
    const at = (durationMs: number) => ({ call: { ...groupCall(), durationMs }, people });
    return { before: at(599_000), after: at(600_000) };
  },
  'is gone for now': () =>
    change(five(), 'Carol', { state: 'rejoining', stateText: 'Reconnecting…', rejoinMsLeft: 9000 }),
  'answers late': () => {
    const rung = who('Carol', { state: 'ringing', stateText: 'Ringing…', stopRinging: () => {} });
    return change([who('Bob'), rung, who('Dave'), alice()], 'Carol', {
      state: 'in_call',
      stateText: '',
      stopRinging: null,
    });
  },
};

/** What a docked call grows for: its people, its controls and the messages move. */
export const movesThatGrow: Record<string, () => StageMove> = {
  'the first picture': () => change(two(), 'Bob', { camera: picture('Bob') }),
  'a screen': () => change(five(), 'Bob', { screen: sharedScreen('Bob') }),
};
