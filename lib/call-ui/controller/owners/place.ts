import type { Cell } from '../state-store';

export type PlaceState = {
  isExpanded: boolean;
  /** The conversation stands beside the call in the full window. */
  isChatOpen: boolean;
  /** What the person made large on the stage. */
  focus: string | null;
  /** Who stays first on the stage. */
  pinnedId: string | null;
  /** The conversations whose call screen stands in the page right now. */
  screens: readonly string[];
  /** How many mini bars stand in the page. */
  bars: number;
};

export const firstPlace: PlaceState = {
  isExpanded: false,
  isChatOpen: false,
  focus: null,
  pinnedId: null,
  screens: [],
  bars: 0,
};

/** Where the call stands in the page. */
export type Place = {
  setExpanded(isExpanded: boolean): void;
  toggleChat(): void;
  setFocus(focus: string | null): void;
  setPinned(userId: string | null): void;
  /** Counts a conversation's call screen; the function it returns removes it. */
  addScreen(conversationId: string): () => void;
  /** Counts a mini bar; the function it returns removes it. */
  addBar(): () => void;
};

export function createPlace(cell: Cell<PlaceState>): Place {
  return {
    setExpanded: (isExpanded) => cell.set({ isExpanded }),
    toggleChat: () => cell.set({ isChatOpen: !cell.get().isChatOpen }),
    setFocus: (focus) => cell.set({ focus }),
    setPinned: (pinnedId) => cell.set({ pinnedId }),
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
