import { useKitState } from './use-kit';

/**
 * The window of its own that shows the call above all others, while it is open.
 *
 * @example
 * const window = usePopOut();
 * return window && createPortal(<p>In a call</p>, window.document.body);
 */
export function usePopOut(): Window | null {
  return useKitState(({ popOut }) => popOut);
}
