import type { DeviceFault, DeviceProblem } from '../../media/device-problem';
import type { VolumePiece } from '../../preferences';
import type { Cell } from '../state-store';

export type CallDevice = 'microphone' | 'camera' | 'screen';

/** What ended a screen share: a browser shares a screen only when the person presses for it. */
export type ScreenEnd = 'dropped' | 'reloaded' | 'moved';

export type DevicesState = {
  microphoneProblem: DeviceProblem | null;
  busy: Readonly<Record<CallDevice, boolean>>;
  errors: Readonly<Record<CallDevice, DeviceFault | null>>;
  /** Why the person's screen share ended without them; null when it did not, or once they have acted on it. */
  screenEnded: ScreenEnd | null;
  /** The call moved here muted, because it is not known whether it was heard before. */
  isMuteAssumed: boolean;
  /** In percent, by user id. */
  volumes: ReadonlyMap<string, number>;
  screenVolumes: ReadonlyMap<string, number>;
};

const notBusy = { microphone: false, camera: false, screen: false };

export const firstDevices: DevicesState = {
  microphoneProblem: null,
  busy: notBusy,
  errors: { microphone: null, camera: null, screen: null },
  screenEnded: null,
  isMuteAssumed: false,
  volumes: new Map(),
  screenVolumes: new Map(),
};

/** How the devices of the current call are doing. */
export type Devices = {
  /** The devices of a call that begins; volumes stay. */
  reset(): void;
  resetBusy(): void;
  /** Shows whether a device is being changed, and what went wrong; what is left out stays. */
  mark(device: CallDevice, mark: { isBusy?: boolean; error?: DeviceFault | null }): void;
  setMicrophoneProblem(problem: DeviceProblem | null): void;
  setScreenEnded(screenEnded: ScreenEnd | null): void;
  setMuteAssumed(isMuteAssumed: boolean): void;
  setVolumes(piece: VolumePiece, volumes: ReadonlyMap<string, number>): void;
};

export function createDevices(cell: Cell<DevicesState>): Devices {
  const { volumes: _volumes, screenVolumes: _screenVolumes, ...fresh } = firstDevices;
  return {
    reset: () => cell.set(fresh),
    resetBusy: () => cell.set({ busy: notBusy }),
    mark(device, { isBusy, error }) {
      const { busy, errors } = cell.get();
      if (isBusy !== undefined) cell.set({ busy: { ...busy, [device]: isBusy } });
      if (error !== undefined) cell.set({ errors: { ...errors, [device]: error } });
    },
    setMicrophoneProblem: (microphoneProblem) => cell.set({ microphoneProblem }),
    setScreenEnded: (screenEnded) => cell.set({ screenEnded }),
    setMuteAssumed: (isMuteAssumed) => cell.set({ isMuteAssumed }),
    setVolumes: (piece, volumes) => cell.set({ [piece]: volumes }),
  };
}
