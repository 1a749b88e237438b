import type { Kit } from './kit';
import { type ChosenMedia, chosenMediaSchema, firstChoice } from './media-choice';

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
