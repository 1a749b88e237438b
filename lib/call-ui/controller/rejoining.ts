import { amIn } from '../call-store';
import { restoreCamera } from './camera';
import { asCallError, type Kit } from './kit';
import { askMicrophoneAgain, type MediaOwners, openRoom } from './media-wiring';
import { reconcileEntry } from './reconciling';
import { pause } from './repeating';

/** What getting into a call reads and writes. */
export type RejoiningOwners = MediaOwners & Pick<Kit, 'calls' | 'client' | 'tab'>;

const pausesMs = [1000, 2000, 3000, 4000];

/**
 * Gets back into the call this tab holds, after its media was lost or its page reloaded: requests a
 * fresh token again and again until the server says that the call ended or that this person is out.
 * The first pause leaves the stream time to say that the call has ended.
 */
export async function rejoin(kit: RejoiningOwners, attempt: number, firstPauseMs = 300): Promise<void> {
  // Each connection that fails calls this, also those made below.
  await kit.attempts.rejoinOnce(attempt, () => untilBack(kit, attempt, firstPauseMs));
}

async function untilBack(kit: RejoiningOwners, attempt: number, firstPauseMs: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    if (!(await pause(kit, 'rejoin', tries === 0 ? firstPauseMs : (pausesMs[tries - 1] ?? 4000)))) return;
    const { entry } = kit.state.get();
    if (!kit.attempts.isWanted(attempt) || !entry?.callId) return;
    const view = kit.calls.viewOf(entry.callId);
    if (!view || !amIn(view)) return;
    try {
      const clientId = await kit.tab.clientId();
      const answer = await kit.client.join(entry.callId, { clientId });
      if (!kit.attempts.isWanted(attempt)) return;
      kit.calls.take(answer.call);
      const again = () => rejoin(kit, attempt);
      if (await openRoom(kit, attempt, answer, askMicrophoneAgain(kit), again)) {
        await restoreCamera(kit);
        return;
      }
    } catch (thrown) {
      const error = asCallError(thrown);
      if (!kit.attempts.isWanted(attempt)) return;
      kit.calls.take(error.call);
      if (error.code === 'not_found') kit.calls.apply({ type: 'forget', callId: entry.callId });
      if (error.code === 'unauthenticated') return;
      reconcileEntry(kit);
    }
  }
}
