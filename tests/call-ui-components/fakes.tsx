import type { CallView, Person } from '@parley/call-protocol';
import {
  participant as anyParticipant,
  button,
  control,
  nothing,
  summary,
} from '../../gallery/scenes/people';
import { loadCallParts } from '../../lib/call-ui/components/load-call-parts';
import type { CallParticipant, DeviceSelect, DockEdge, StageView } from '../../lib/call-ui/view-models';

/** A page loads them once it has settled. */
await loadCallParts();

export { button, control, nothing, summary };

export const personNamed = (displayName: string): Person => ({
  id: `user_${displayName}`,
  username: displayName.toLowerCase(),
  displayName,
  avatarUrl: null,
});
export const alice = personNamed('Alice');
export const bob = personNamed('Bob');
export const carol = personNamed('Carol');

export const participant = (person: Person, change: Partial<CallParticipant> = {}): CallParticipant =>
  anyParticipant(person, { isSelf: person.id === alice.id, ...change });

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
