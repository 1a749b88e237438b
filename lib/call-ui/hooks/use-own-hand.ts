import { ownCall } from '../controller/kit-state';
import { useKitState } from './use-kit';

/**
 * Whether this person's hand is raised; null before the first callee is in the call, when there is no participant to
 * see it.
 *
 * @example
 * const isRaised = useOwnHand();
 * return isRaised && <p>Your hand is raised</p>;
 */
export function useOwnHand(): boolean | null {
  return useKitState((state) => {
    const view = ownCall(state)?.view;
    if (view?.status !== 'active') return null;
    const me = view.people.find(({ user }) => user.id === view.viewerId);
    return (me?.participation?.handPlace ?? null) !== null;
  });
}
