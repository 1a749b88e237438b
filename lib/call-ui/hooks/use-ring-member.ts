import { ownCall } from '../controller/kit-state';
import { useController } from '../controller-context';
import { useKitState } from './use-kit';

/**
 * Rings a member into the call that this tab is in; a refusal is shown in the server's words.
 *
 * @returns null while this tab is in no live call of the conversation, and where the app does without (`ringMembers`)
 * @example
 * const ring = useRingMember(conversation.id);
 * return ring && <button onClick={() => ring(userId)}>Ring</button>;
 */
export function useRingMember(conversationId: string): ((userId: string) => void) | null {
  const controller = useController();
  const callId = useKitState((state) => {
    const view = ownCall(state)?.view;
    return view?.conversation.id === conversationId && view.status !== 'ended' ? view.id : null;
  });
  return callId === null || !controller.kit.features.ringMembers
    ? null
    : (userId) => controller.ring(callId, userId);
}
