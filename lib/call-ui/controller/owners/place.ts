import type { Cell } from '../state-store';

export type PlaceState = {
  isExpanded: boolean;
  /** The conversation stands beside the call in the full window. */
  isChatOpen: boolean;
  layout: 'focus' | 'grid';
  /** The conversations whose call screen stands in the page right now. */
  screens: readonly string[];
  /** How many mini bars stand in the page. */
  bars: number;
};

export const firstPlace: PlaceState = {
  isExpanded: false,
  isChatOpen: false,
  layout: 'focus',
  screens: [],
  bars: 0,
};

/** Where the call stands in the page. */
export type Place = {
  setExpanded(isExpanded: boolean): void;
  toggleChat(): void;
  setLayout(layout: PlaceState['layout']): void;
  /** Counts a conversation's call screen; the function it returns removes it. */
  addScreen(conversationId: string): () => void;
  /** Counts a mini bar; the function it returns removes it. */
  addBar(): () => void;
};

export function createPlace(cell: Cell<PlaceState>): Place {
  return {
    setExpanded: (isExpanded) => cell.set({ isExpanded }),
    toggleChat: () => cell.set({ isChatOpen: !cell.get().isChatOpen }),
    setLayout: (layout) => cell.set({ layout }),
    addScreen(conversationId) {
      cell.set({ screens: [...cell.get().screens, conversationId] });
      return () => {
        const rest = [...cell.get().screens];
        rest.splice(rest.indexOf(conversationId), 1);
        cell.set({ screens: rest });
      };
    },
    addBar() {
      cell.set({ bars: cell.get().bars + 1 });
      return () => cell.set({ bars: cell.get().bars - 1 });
    },
  };
}
