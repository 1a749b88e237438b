import type { CallSound } from '../../sound/call-sound';
import type { Cell } from '../state-store';

export type AlertsState = {
  isSoundBlocked: boolean;
  /** How many parts of the app show the ringing title themselves. */
  titleOwners: number;
};

export const firstAlerts: AlertsState = { isSoundBlocked: false, titleOwners: 0 };

/** The sounds of the kit, while the controller runs, and the title of the tab. */
export type Alerts = {
  sound(): CallSound | null;
  /** Plays through this sound; the function it returns closes them. */
  openSound(sound: CallSound): () => void;
  /** Counts a part of the app that shows the ringing title; the function it returns removes it. */
  addTitleOwner(): () => void;
};

export function createAlerts(cell: Cell<AlertsState>): Alerts {
  let current: CallSound | null = null;
  return {
    sound: () => current,
    openSound(sound) {
      current = sound;
      const stop = sound.onBlocked(() => cell.set({ isSoundBlocked: sound.isBlocked() }));
      return () => {
        stop();
        sound.close();
        current = null;
      };
    },
    addTitleOwner() {
      cell.set({ titleOwners: cell.get().titleOwners + 1 });
      return () => cell.set({ titleOwners: cell.get().titleOwners - 1 });
    },
  };
}
