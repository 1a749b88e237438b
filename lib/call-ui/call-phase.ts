import type { CallView } from '@parley/call-protocol';
import { amIn, selfIn } from './call-store';
import type { CallPhase } from './view-models';

/** The LiveKit connection of this tab; the third axis, kept nowhere but here. */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'disconnected';

/**
 * What a phase is derived from: the server's view and this tab's own connection.
 *
 * @example
 * const input: PhaseInput = { view, connection: 'connected', isEntering: false };
 * callPhase(input); // 'connected'
 */
export type PhaseInput = {
  /** Null while the server has not responded to a start. */
  view: CallView | null;
  /** Null when this tab has no connection to the call. */
  connection: ConnectionState | null;
  /** True while this tab is entering: its start, accept or join has had no response. */
  isEntering: boolean;
  /** False once my ring's deadline has passed on this tab's clock. */
  isRingRunning?: boolean;
};

/**
 * What the call interface is doing, derived in the order of docs/calls.md "Three axes": ended, incoming,
 * outgoing, else the connection. Null for a call that this tab has nothing to do with (it can be joined,
 * or another device holds it).
 *
 * A ring that reaches me after I left counts as a new chance, not as the call I left.
 *
 * @example
 * callPhase({ view, connection: 'connected', isEntering: false }) // 'connected'
 */
export function callPhase({
  view,
  connection,
  isEntering,
  isRingRunning = true,
}: PhaseInput): CallPhase | null {
  if (!view) return isEntering ? 'outgoing' : null;
  const rings = view.myRing !== null && isRingRunning;
  if (view.status === 'ended') return 'ended';
  if (selfIn(view)?.participation?.state === 'left' && !rings && !isEntering) return 'ended';
  if (rings && !view.myRing?.isQuiet && !amIn(view) && !isEntering) return 'incoming';
  if (connection === null && !isEntering) return null;
  if (amIn(view) && view.status === 'ringing') return 'outgoing';
  if (connection === 'connected') return 'connected';
  return connection === 'reconnecting' || connection === 'disconnected' ? 'reconnecting' : 'connecting';
}
