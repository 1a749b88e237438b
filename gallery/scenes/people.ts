import type { ButtonProps, CallParticipant, CallSummary, ControlState } from '@parley/call-kit';
import { hueAt, type Person } from '@parley/call-protocol';

export const nothing = () => {};

export const button = (onClick: () => void = nothing): ButtonProps => ({ type: 'button', onClick });

/** A button that does nothing. */
export const pressed = button();

/** Plain data for someone who is in the call. */
export function participant(person: Person, change: Partial<CallParticipant> = {}): CallParticipant {
  return {
    person,
    isSelf: false,
    state: 'in_call',
    stateText: '',
    rejoinMsLeft: null,
    isSpeaking: false,
    isMuted: false,
    hasMicrophone: true,
    quality: 'good',
    camera: null,
    screen: null,
    trackRefs: null,
    handPlace: null,
    reaction: null,
    volume: 100,
    setVolume: nothing,
    screenVolume: 100,
    setScreenVolume: nothing,
    ringAgain: null,
    stopRinging: null,
    isRingBusy: false,
    ...change,
  };
}

/** The same by name; the first one of a scene is the viewer. */
export const who = (displayName: string, change: Partial<CallParticipant> = {}): CallParticipant =>
  participant(
    { id: displayName, username: displayName, displayName, avatarUrl: null, hue: hueOf(displayName) },
    change,
  );

export const alice = (change: Partial<CallParticipant> = {}) => who('Alice', { isSelf: true, ...change });

/** Names of every kind. */
export const names = [
  'Bob',
  'Carol',
  'Maximiliana von Hohenzollern-Sigmaringen',
  'ليلى حداد',
  'Dave',
  'Erin',
  'Tomás',
  'Noor',
  'Priya',
  'Samir',
  'Bartholomew Featherstonehaugh',
  'Mina',
  'Zoë',
  '李小龍',
  'Oluwaseun Adébáyò',
  'Jo',
  'Ludwig',
  'Anastasia',
  'Χριστίνα Παπαδοπούλου',
  'Kai',
  'Fatima',
  'Henrik',
  'Rosa',
  '🌻 Sunny',
];

/** As if they had joined in this order, after Alice. */
const hueOf = (name: string) => hueAt(names.indexOf(name) + 2);

/** So many others, with names of every kind. */
export function others(
  count: number,
  change: (index: number, name: string) => Partial<CallParticipant> = () => ({}),
): CallParticipant[] {
  return names.slice(0, count).map((name, index) => who(name, change(index, name)));
}

export const summary = (change: Partial<CallSummary> = {}): CallSummary => ({
  callId: 'call_1',
  conversationId: 'conv_1',
  kind: 'direct',
  title: 'Bob',
  phase: 'connected',
  durationMs: 724_000,
  stateText: 'with Bob',
  quality: 'good',
  ...change,
});

export const control = (isOn: boolean, toggle: () => void = nothing): ControlState => ({
  isOn,
  isBusy: false,
  isSupported: true,
  isMissing: false,
  error: null,
  toggle,
  buttonProps: button(toggle),
});
