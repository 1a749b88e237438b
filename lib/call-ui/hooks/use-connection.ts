import { protocolVersion } from '@parley/call-protocol';
import { useEffect, useState } from 'react';
import type { EventFeedState } from '../events/event-feed';
import { useKitState } from './use-kit';

/** How this tab stands with the server's events. */
export type ConnectionToServer = {
  /** As it is at this moment; it comes back by itself. */
  state: EventFeedState;
  /** Away for longer than a blink: worth a quiet word to the person. */
  isLost: boolean;
  /** The server speaks a newer protocol than this page: all goes on, and loading anew brings what is new. */
  isServerNewer: boolean;
};

/**
 * Whether the server's events reach this tab: while they don't, no ring does either. A call that is on goes on.
 *
 * @param lostAfterMs How long they must have been away before `isLost`, in milliseconds. Default: 4000, longer than
 * a restart of the server takes the stream to come back.
 * @example
 * const { isLost } = useConnection();
 * return <p role="status">{isLost ? 'Trying to reach the server…' : ''}</p>;
 */
export function useConnection(lostAfterMs = 4000): ConnectionToServer {
  const state = useKitState((whole) => whole.stream);
  const [isLost, setLost] = useState(false);
  const isAway = state === 'lost';
  useEffect(() => {
    if (!isAway) return;
    const timer = setTimeout(() => setLost(true), lostAfterMs);
    return () => {
      clearTimeout(timer);
      setLost(false);
    };
  }, [isAway, lostAfterMs]);
  const isServerNewer = useKitState(({ serverVersion }) => (serverVersion ?? 0) > protocolVersion);
  return { state, isLost, isServerNewer };
}
