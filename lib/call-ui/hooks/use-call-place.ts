import { useLayoutEffect, useMemo } from 'react';
import type { KitState } from '../controller/kit-state';
import { useController } from '../controller-context';
import { useKitState } from './use-kit';

/** Where the one region named Call stands. `floating`: nowhere else yet, also until the first sound of an accepted call. */
export type CallPlace = 'stage' | 'screen' | 'bar' | 'floating';

/** Where the call of this tab stands in the page, and how to move it. */
export type CallPlaceState = {
  /** Null while this tab is in no call. */
  place: CallPlace | null;
  /** True from an accept or a join to the first sound, at most 0.7 s: what the page draws meanwhile delays it. */
  isArriving: boolean;
  /** Fills the window. */
  expand: () => void;
  /** Back into the page. */
  collapse: () => void;
  /** Opens the call's conversation; where that is `openConversationId`, fills the window. */
  showCall: (openConversationId: string | null) => void;
  /** Whether the conversation stands beside the call in the full window. */
  isChatOpen: boolean;
  toggleChat: () => void;
};

function placeOf(state: KitState): CallPlace | null {
  if (!state.entry) return null;
  if (state.isExpanded) return 'stage';
  const { conversationId } = state.entry.label;
  if (conversationId !== null && state.screens.includes(conversationId)) return 'screen';
  return state.bars > 0 && conversationId !== null && !state.entry.isArriving ? 'bar' : 'floating';
}

/**
 * Where the call of this tab stands, so that there is one region named Call in the page: the full window, else
 * the conversation's screen, else the mini bar, else floating over the page.
 *
 * @example
 * const { place, expand } = useCallPlace();
 * return place === 'screen' ? <MyDock onExpand={expand} /> : null;
 */
export function useCallPlace(): CallPlaceState {
  const { kit } = useController();
  // The same functions every time: what they are given to need not be drawn anew.
  const actions = useMemo(() => {
    const expand = () => kit.place.setExpanded(true);
    return {
      expand,
      collapse: () => kit.place.setExpanded(false),
      showCall: (openConversationId: string | null) => {
        const conversationId = kit.state.get().entry?.label.conversationId;
        if (!conversationId || conversationId === openConversationId) expand();
        else kit.openConversation(conversationId);
      },
      toggleChat: kit.place.toggleChat,
    };
  }, [kit]);
  return {
    ...actions,
    place: useKitState(placeOf),
    isArriving: useKitState(({ entry }) => entry?.isArriving ?? false),
    isChatOpen: useKitState((state) => state.isChatOpen),
  };
}

/**
 * How many messages of a conversation this person has not read, as the stream says; 0 when it is unknown.
 *
 * @example
 * const unread = useUnreadCount(conversationId);
 */
export function useUnreadCount(conversationId: string | null): number {
  return useKitState((state) => state.conversations.get(conversationId ?? '')?.unreadCount ?? 0);
}

/**
 * Registers a conversation's call screen, so that its call is shown there.
 *
 * @example
 * useRegisterCallScreen(conversation.id);
 * const isShown = useCallPlace().place === 'screen';
 */
export function useRegisterCallScreen(conversationId: string): void {
  const { kit } = useController();
  useLayoutEffect(() => kit.place.addScreen(conversationId), [kit, conversationId]);
}

/**
 * Registers a mini bar, for calls whose conversation is not open.
 *
 * @example
 * useRegisterMiniBar();
 * const isShown = useCallPlace().place === 'bar';
 */
export function useRegisterMiniBar(): void {
  const { kit } = useController();
  useLayoutEffect(() => kit.place.addBar(), [kit]);
}
