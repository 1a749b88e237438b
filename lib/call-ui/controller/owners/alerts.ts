import type { CallSound, RingerKind, WantedSound } from '../../sound/call-sound';
import type { Cell } from '../state-store';

export type AlertsState = {
  isSoundBlocked: boolean;
  /** What is to be heard in this tab, by whichever ringer plays it. */
  wantedSound: WantedSound;
  /** The app's own ringer is to be heard here. */
  isRingerTurn: boolean;
  /** How many parts of the app show the ringing title themselves. */
  titleOwners: number;
};

export const firstAlerts: AlertsState = {
  isSoundBlocked: false,
  wantedSound: null,
  isRingerTurn: false,
  titleOwners: 0,
};

/** The sounds of the kit, while the controller runs, and the title of the tab. */
export type Alerts = {
  sound(): CallSound | null;
  /** Plays through this sound; the function it returns closes them. */
  openSound(sound: CallSound): () => void;
  /** Sets what is heard, as `CallSound.want`. */
  want(sound: WantedSound, ringIds: readonly string[]): void;
  /** Takes the kit's sound away, for a ringer of the app's or for none; the function it returns gives it back. */
  replaceRinger(kind: Exclude<RingerKind, 'kit'>): () => void;
  /** Counts a part of the app that shows the ringing title; the function it returns removes it. */
  addTitleOwner(): () => void;
};

export function createAlerts(cell: Cell<AlertsState>): Alerts {
  let current: CallSound | null = null;
  /** The latest one counts: React mounts a new part before it unmounts the old one. */
  const ringers: RingerKind[][] = [];
  const applyRinger = () => current?.setRinger(ringers.at(-1)?.[0] ?? 'kit');
  return {
    sound: () => current,
    openSound(sound) {
      current = sound;
      applyRinger();
      const stop = sound.onChange(() =>
        cell.set({ isSoundBlocked: sound.isBlocked(), isRingerTurn: sound.isOwnTurn() }),
      );
      return () => {
        stop();
        sound.close();
        current = null;
        cell.set({ wantedSound: null, isRingerTurn: false });
      };
    },
    want(sound, ringIds) {
      cell.set({ wantedSound: sound });
      current?.want(sound, ringIds);
    },
    replaceRinger(kind) {
      const mine = [kind];
      ringers.push(mine);
      applyRinger();
      return () => {
        ringers.splice(ringers.indexOf(mine), 1);
        applyRinger();
      };
    },
    addTitleOwner() {
      cell.set({ titleOwners: cell.get().titleOwners + 1 });
      return () => cell.set({ titleOwners: cell.get().titleOwners - 1 });
    },
  };
}
