import 'server-only';
import type { SignInId } from '@/lib/ids';

/** A window that was in front this long ago may have been left since: its browser says so with each heartbeat. */
const frontForMs = 20_000;

/** Whether a browser has a window in front, as it said at a moment of `clock.now()`. */
export type Front = [signInId: SignInId, isInFront: boolean, at: number];

/** What browsers last said of their windows, to whichever server process. */
export class Fronts {
  readonly #said = new Map<SignInId, { isInFront: boolean; at: number }>();

  /** A word that was said before the known one, and arrives after it, changes nothing. */
  note([signInId, isInFront, at]: Front): void {
    const known = this.#said.get(signInId);
    if (!known || known.at <= at) this.#said.set(signInId, { isInFront, at });
  }

  has(signInId: SignInId, now: number): boolean {
    const said = this.#said.get(signInId);
    return said?.isInFront === true && now - said.at <= frontForMs;
  }

  forget(signInId: SignInId): void {
    this.#said.delete(signInId);
  }

  /** Forgets what is too old to count. */
  sweep(now: number): void {
    for (const [signInId, { at }] of this.#said) if (now - at > frontForMs) this.#said.delete(signInId);
  }
}
