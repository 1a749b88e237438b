import type { CallView, Person } from '@parley/call-protocol';
import { loadCallParts } from '../../lib/call-ui/components/load-call-parts';
import type {
  ButtonProps,
  CallParticipant,
  CallSummary,
  ControlState,
  DeviceSelect,
  DockEdge,
  StageView,
} from '../../lib/call-ui/view-models';

/** A page loads them once it has settled. */
await loadCallParts();

export const nothing = () => {};

export const personNamed = (displayName: string): Person => ({
  id: `user_${displayName}`,
  username: displayName.toLowerCase(),
  displayName,
  avatarUrl: null,
});
export const alice = personNamed('Alice');
export const bob = personNamed('Bob');
export const carol = personNamed('Carol');

export const button = (onClick: () => void = nothing): ButtonProps => ({ type: 'button', onClick });

export const participant = (person: Person, change: Partial<CallParticipant> = {}): CallParticipant => ({
  person,
  isSelf: person.id === alice.id,
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
  volume: 100,
  setVolume: nothing,
  handPlace: null,
  reaction: null,
  screenVolume: 100,
  setScreenVolume: nothing,
  ringAgain: null,
  stopRinging: null,
  isRingBusy: false,
  ...change,
});

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
  buttonProps: { type: 'button', onClick: toggle },
});

export const stageView = (change: Partial<StageView> = {}): StageView => ({
  focus: null,
  setFocus: nothing,
  pinnedId: null,
  setPinned: nothing,
  corner: 'bottom-right',
  setCorner: nothing,
  ...change,
});

export const dockEdge = (change: Partial<DockEdge> = {}): DockEdge => ({
  size: 'half',
  height: 480,
  range: { least: 200, half: 480, most: 500, isLow: false },
  setSize: nothing,
  ...change,
});

export const device = (
  kind: DeviceSelect['kind'],
  label: string,
  change: Partial<DeviceSelect> = {},
): DeviceSelect => ({
  kind,
  label,
  choices: [
    { id: 'one', label: 'First' },
    { id: 'two', label: 'Second' },
  ],
  selectedId: 'one',
  select: nothing,
  isSupported: true,
  ...change,
});

export const callView = (kind: 'direct' | 'group' = 'direct'): CallView => ({
  id: 'call_1',
  conversation: { id: 'conv_1', kind, title: kind === 'group' ? 'Weekend trip' : null },
  callerId: bob.id,
  viewerId: alice.id,
  status: 'ringing',
  endReason: null,
  myRing: { id: 'ring_1', msLeft: 40_000, isQuiet: false, ringerId: bob.id },
  holderClientId: null,
  people: [],
  line: null,
  elapsedMs: null,
  revision: 1,
});
