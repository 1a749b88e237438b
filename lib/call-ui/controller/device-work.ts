import { type DeviceProblem, deviceProblemOf, problemWords } from '../media/device-problem';
import type { CallRoom } from '../media/media-types';
import type { Kit } from './kit';
import type { DeviceWord } from './kit-state';

const failures: Record<DeviceWord, string> = {
  microphone: 'Your microphone could not be switched on.',
  camera: 'Your camera could not be switched on.',
  screen: 'Your screen could not be shared.',
};

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
  device: DeviceWord | 'speaker',
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
 * Runs one change of a device in its turn, with its busy state; a failure becomes a sentence. Does nothing
 * without a connection, and says nothing in a later one. Never rejects.
 */
export async function withDevice(
  kit: Kit,
  device: DeviceWord,
  work: (room: CallRoom) => Promise<void>,
): Promise<void> {
  const { room } = kit;
  if (!room) return;
  markDevice(kit, device, { isBusy: true });
  await inTurn(room, device, async () => {
    if (kit.room !== room) return;
    markDevice(kit, device, { isBusy: true, error: null });
    const error = await failureOf(device, () => work(room));
    if (kit.room === room) markDevice(kit, device, { isBusy: false, error });
  });
}

/** Runs a change of a device; its failure as a sentence, null when it worked or when there is nothing to say. */
export async function failureOf(device: DeviceWord, work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return wordsFor(device, error);
  }
}

/** Shows whether a device is being changed, and what went wrong; what is left out stays. */
export function markDevice(
  kit: Kit,
  device: DeviceWord,
  { isBusy, error }: { isBusy?: boolean; error?: string | null },
): void {
  const { busy, errors } = kit.get();
  if (isBusy !== undefined) kit.set({ busy: { ...busy, [device]: isBusy } });
  if (error !== undefined) kit.set({ errors: { ...errors, [device]: error } });
}

function wordsFor(device: DeviceWord, error: unknown): string | null {
  if (error instanceof NoMicrophone) return problemWords(device, error.problem);
  const name = error instanceof Error ? error.name : '';
  // Closing the browser's picker is not an error.
  if (device === 'screen' && name === 'NotAllowedError') return null;
  const isKnown = ['NotAllowedError', 'NotFoundError', 'NotReadableError'].includes(name);
  return isKnown ? problemWords(device, deviceProblemOf(error)) : failures[device];
}
