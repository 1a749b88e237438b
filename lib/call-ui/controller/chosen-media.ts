import { z } from 'zod';
import type { Kit } from './kit';

const chosenMediaSchema = z.object({
  /** `unknown`: the call moves here, and whether it was muted is not known yet; nothing is sent. */
  microphone: z.enum(['on', 'muted', 'unknown']).catch('on'),
  isCameraOn: z.boolean().catch(false),
  isScreenOn: z.boolean().catch(false),
});

/**
 * What the person chose to send in this call; reconnects and reloads keep it. Camera and screen count once they are
 * really sent: a camera that failed to open, or went away, must not be switched on by a reconnect.
 */
export type ChosenMedia = z.infer<typeof chosenMediaSchema>;

/** What a call begins with. */
export const firstChoice: ChosenMedia = { microphone: 'on', isCameraOn: false, isScreenOn: false };

const storageKey = 'parley-chosen-media';

/** Changes what is sent from here on, and keeps it for a reload of this tab. */
export function choose(kit: Kit, change: Partial<ChosenMedia>): void {
  kit.chosen = { ...kit.chosen, ...change };
  try {
    globalThis.sessionStorage?.setItem(storageKey, JSON.stringify(kit.chosen));
  } catch {
    // Without storage there is no client id either: a reloaded tab does not rejoin by itself.
  }
}

/** What was chosen before this tab was reloaded. */
export function chosenBeforeReload(): ChosenMedia {
  try {
    return chosenMediaSchema.parse(JSON.parse(globalThis.sessionStorage?.getItem(storageKey) ?? '{}'));
  } catch {
    return firstChoice;
  }
}
