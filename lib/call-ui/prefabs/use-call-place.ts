import { useLayoutEffect } from 'react';
import type { KitState } from '../controller/kit-state';
import { useKitState } from '../hooks/use-kit';
import { useController } from '../provider';

/** Where the one region named Call stands. `floating`: nowhere else yet. */
export type CallPlace = 'stage' | 'screen' | 'bar' | 'floating';

function placeOf(state: KitState): CallPlace | null {
  if (!state.entry) return null;
  if (state.isExpanded) return 'stage';
  const { conversationId } = state.entry.label;
  if (conversationId !== null && state.screens.includes(conversationId)) return 'screen';
  return state.bars > 0 && conversationId !== null ? 'bar' : 'floating';
}

export const useCallPlace = () => useKitState(placeOf);

/** Says that a conversation's call screen stands in the page. */
export function useStandingScreen(conversationId: string): void {
  const { kit } = useController();
  useLayoutEffect(() => {
    kit.set({ screens: [...kit.get().screens, conversationId] });
    return () => {
      const rest = [...kit.get().screens];
      rest.splice(rest.indexOf(conversationId), 1);
      kit.set({ screens: rest });
    };
  }, [kit, conversationId]);
}

/** Says that a mini bar stands in the page. */
export function useStandingBar(): void {
  const { kit } = useController();
  useLayoutEffect(() => {
    kit.set({ bars: kit.get().bars + 1 });
    return () => kit.set({ bars: kit.get().bars - 1 });
  }, [kit]);
}
