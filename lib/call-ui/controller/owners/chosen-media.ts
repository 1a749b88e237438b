import { object } from '@parley/call-protocol';
import { z } from 'zod/mini';
import { readPreferences } from '../../preferences';

const storageKey = 'parley-chosen-media';

const chosenMediaSchema = object({
  /** `unknown`: the call moves here, and whether it was muted is not known yet; nothing is sent. */
  microphone: z.catch(z.enum(['on', 'muted', 'unknown']), 'on'),
  isCameraOn: z.catch(z.boolean(), false),
  isScreenOn: z.catch(z.boolean(), false),
});

/**
 * What the person chose to send in this call; reconnects and reloads keep it. Camera and screen count once they are
 * really sent: a camera that failed to open, or went away, must not be switched on by a reconnect.
 */
type ChosenMediaState = z.infer<typeof chosenMediaSchema>;

/** What a call begins with. */
const firstChoice: ChosenMediaState = { microphone: 'on', isCameraOn: false, isScreenOn: false };

/**
 * Whether a microphone starts muted: with push to talk always, because only the key opens it.
 *
 * @param when `joined`: with the call; `opened`: later, because the person asked for it
 */
export function isMutedAtFirst(when: 'joined' | 'opened'): boolean {
  const { pushMode, isJoiningMuted } = readPreferences();
  return pushMode === 'talk' || (when === 'joined' && isJoiningMuted);
}

/** Keeps what the person chose to send. */
export type ChosenMedia = {
  get(): Readonly<ChosenMediaState>;
  /** Changes what is sent from here on, and keeps it for a reload of this tab. */
  choose(change: Partial<ChosenMediaState>): void;
  /** The choice that a call begins with, with what differs from it. */
  reset(change?: Partial<ChosenMediaState>): void;
  /** What was chosen before this tab was reloaded. */
  beforeReload(): ChosenMediaState;
};

export function createChosenMedia(): ChosenMedia {
  let chosen = firstChoice;

  function choose(change: Partial<ChosenMediaState>) {
    chosen = { ...chosen, ...change };
    try {
      globalThis.sessionStorage?.setItem(storageKey, JSON.stringify(chosen));
    } catch {
      // Without storage there is no client id either: a reloaded tab does not rejoin by itself.
    }
  }

  return {
    get: () => chosen,
    choose,
    reset: (change) =>
      choose({ ...firstChoice, ...(isMutedAtFirst('joined') ? { microphone: 'muted' } : {}), ...change }),
    beforeReload() {
      try {
        return chosenMediaSchema.parse(JSON.parse(globalThis.sessionStorage?.getItem(storageKey) ?? '{}'));
      } catch {
        return firstChoice;
      }
    },
  };
}
