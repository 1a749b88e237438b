import { type DeviceFault, type DeviceProblem, deviceProblemOf } from '../media/device-problem';
import type { CallRoom } from '../media/media-types';
import type { Kit } from './kit';
import type { CallDevice } from './owners/devices';

/** What a change of a device reads and writes. */
export type DeviceOwners = Pick<Kit, 'connection' | 'devices'>;

/** `requestMicrophone` returned no track. */
export class NoMicrophone extends Error {
  readonly problem: DeviceProblem;
  constructor(problem: DeviceProblem) {
    super(`no microphone: ${problem}`);
    this.problem = problem;
  }
}

const turns = new WeakMap<object, Map<string, Promise<void>>>();

/**
 * Runs changes of one device one after the other, so that the last one holds: opened side by side, the device
 * that takes longest would stay. A new connection starts with an empty queue.
 */
export function inTurn(
  room: CallRoom,
  device: CallDevice | 'speaker',
  work: () => Promise<void>,
): Promise<void> {
  const queues = turns.get(room) ?? new Map<string, Promise<void>>();
  turns.set(room, queues);
  const mine = (queues.get(device) ?? Promise.resolve()).then(work);
  queues.set(
    device,
    mine.catch(() => {}),
  );
  return mine;
}

/**
 * Runs one change of a device in its turn, with its busy state; a failure is kept for its notice. Does nothing
 * without a connection, and says nothing in a later one. Never rejects.
 */
export async function withDevice(
  kit: DeviceOwners,
  device: CallDevice,
  work: (room: CallRoom) => Promise<void>,
): Promise<void> {
  const room = kit.connection.current();
  if (!room) return;
  kit.devices.mark(device, { isBusy: true });
  await inTurn(room, device, async () => {
    if (kit.connection.current() !== room) return;
    kit.devices.mark(device, { isBusy: true, error: null });
    const error = await failureOf(device, () => work(room));
    if (kit.connection.current() === room) kit.devices.mark(device, { isBusy: false, error });
  });
}

/** Runs a change of a device; its failure, null when it worked or when there is nothing to say. */
export async function failureOf(device: CallDevice, work: () => Promise<void>): Promise<DeviceFault | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return faultOf(device, error);
  }
}

function faultOf(device: CallDevice, error: unknown): DeviceFault | null {
  if (error instanceof NoMicrophone) return error.problem;
  const name = error instanceof Error ? error.name : '';
  // Closing the browser's picker is not an error.
  if (device === 'screen' && name === 'NotAllowedError') return null;
  const isKnown = ['NotAllowedError', 'NotFoundError', 'NotReadableError'].includes(name);
  return isKnown ? deviceProblemOf(error) : 'failed';
}
