import { inFaces, inTiles } from './all-alike';
import type { StageChoice, StageFrame, StageItem, StageLayout } from './stage-frame';
import { withMain } from './with-main';

/** The item that is large: the chosen one, the missing one, a screen, or the only picture of another person. */
export function mainItem(items: readonly StageItem[], focus: string | null): StageItem | null {
  const screens = items.filter(({ kind }) => kind === 'screen');
  const pictures = items.filter(({ kind, isSelf }) => kind === 'picture' && !isSelf);
  return (
    items.find(({ kind }) => kind === 'missing') ??
    items.find(({ key }) => key === focus) ??
    screens.find(({ isSelf }) => !isSelf) ??
    screens[0] ??
    (pictures.length === 1 ? pictures[0] : null) ??
    null
  );
}

/** Lays out what is shown, in its order, for the room there is. */
export function layoutStage(
  items: readonly StageItem[],
  frame: StageFrame,
  choice: StageChoice,
): StageLayout {
  const main = mainItem(items, choice.focus);
  if (main) return withMain(main, items, frame, choice);
  const hasPictures = items.some(({ kind, isSelf }) => kind === 'picture' && !isSelf);
  return hasPictures ? inTiles(items, frame, choice) : inFaces(items, frame, choice);
}
