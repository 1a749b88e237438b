import type { Person } from '@parley/call-protocol';
import { clockNow } from '../clock';
import type { KitEvent, KitSnapshot } from '../events/event-feed';
import type { Kit } from './kit';
import { type ReconcilingOwners, reconcileEntry } from './reconciling';

type ReceivingOwners = ReconcilingOwners & Pick<Kit, 'calls' | 'client' | 'directory' | 'people'>;

/** Takes one event of the stream. */
export function receive(kit: ReceivingOwners, event: KitEvent): void {
  switch (event.type) {
    case 'snapshot':
      takeSnapshot(kit, event.data);
      break;
    case 'call':
      if ('gone' in event.data) kit.calls.apply({ type: 'gone', gone: event.data });
      else kit.calls.take(event.data);
      break;
    case 'users':
      kit.directory.takeUsers(event.data);
      kit.people.take(event.data.filter((user): user is Person => !('gone' in user)));
      break;
    case 'conversation':
      kit.directory.takeConversation(event.data);
      break;
    case 'me':
      kit.directory.takeMe(event.data);
      break;
    case 'signed-out':
      kit.attempts.cancelAll();
      kit.connection.close();
      kit.state.batch(() => {
        kit.currentCall.clear();
        kit.switchQuestion.close();
        kit.cards.closeSheet();
      });
      kit.calls.apply({ type: 'snapshot', views: [], at: clockNow() });
      break;
  }
  reconcileEntry(kit);
  reconcileSwitching(kit);
}

/** Closes Switch call? when the call it is about has ended. */
function reconcileSwitching({ calls, state, switchQuestion }: ReceivingOwners) {
  const { switching } = state.get();
  if (!switching?.toCallId || switching.isBusy) return;
  const view = calls.viewOf(switching.toCallId);
  if (!view || view.status === 'ended') switchQuestion.close();
}

function takeSnapshot(kit: ReceivingOwners, data: KitSnapshot) {
  const ownId = kit.state.get().entry?.callId;
  kit.directory.takeSnapshot(data);
  kit.people.take(data.users ?? []);
  const at = clockNow();
  const views = data.calls.map(kit.calls.complete);
  kit.calls.apply({ type: 'snapshot', views, at, keepIds: new Set(ownId ? [ownId] : []) });
  if (ownId && !data.calls.some((call) => call.id === ownId)) void askForOwnCall(kit, ownId);
}

/** Reads this tab's call after a snapshot without it: its last view says how it ended. */
async function askForOwnCall(kit: ReceivingOwners, callId: string) {
  try {
    kit.calls.take(await kit.client.get(callId));
  } catch {
    const { entry } = kit.state.get();
    if (entry?.callId === callId && !entry.isEntering) kit.calls.apply({ type: 'forget', callId });
  }
  reconcileEntry(kit);
}
