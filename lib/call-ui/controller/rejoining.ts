import { amIn } from '../call-store';
import { restoreCamera } from './camera';
import { asCallError, type Kit } from './kit';
import { askMicrophoneAgain, openRoom } from './media-wiring';
import { reconcileEntry } from './receiving';
import { pause } from './repeating';

const pausesMs = [1000, 2000, 3000, 4000];

/**
 * Gets back into the call this tab holds, after its media was lost or its page reloaded: asks for a
 * fresh token again and again until the server says that the call ended or that this person is out.
 * The first pause leaves the stream time to say that the call is over.
 */
export async function rejoin(kit: Kit, attempt: number, firstPauseMs = 300): Promise<void> {
  // Each connection that fails asks for this, also those made below.
  if (kit.rejoining === attempt) return;
  kit.rejoining = attempt;
  try {
    await untilBack(kit, attempt, firstPauseMs);
  } finally {
    if (kit.rejoining === attempt) kit.rejoining = null;
  }
}

async function untilBack(kit: Kit, attempt: number, firstPauseMs: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    if (!(await pause(kit, 'rejoin', tries === 0 ? firstPauseMs : (pausesMs[tries - 1] ?? 4000)))) return;
    const { entry, store } = kit.get();
    if (!kit.isWanted(attempt) || !entry?.callId) return;
    const held = store.calls.get(entry.callId);
    if (!held || !amIn(held.view)) return;
    try {
      const clientId = await kit.clientId();
      const answer = await kit.parts.client.join(entry.callId, { clientId });
      if (!kit.isWanted(attempt)) return;
      kit.take(answer.call);
      const again = () => rejoin(kit, attempt);
      if (await openRoom(kit, attempt, answer.media, askMicrophoneAgain(kit), again)) {
        await restoreCamera(kit);
        return;
      }
    } catch (thrown) {
      const error = asCallError(thrown);
      if (!kit.isWanted(attempt)) return;
      kit.take(error.call);
      if (error.code === 'not_found') kit.apply({ type: 'forget', callId: entry.callId });
      if (error.code === 'unauthenticated') return;
      reconcileEntry(kit);
    }
  }
}
