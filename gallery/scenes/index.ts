import type { Words } from '@parley/call-kit/words';
import { partScenes } from './part-scenes';
import { wordsNamed } from './scene-words';
import { movesThatGrow, type StageMove, stageMoves } from './stage-moves';
import { type StageScene, stageScenes } from './stage-scenes';
import { surfaceMoves } from './surface-moves';
import { type SurfaceScene, type SurfaceSceneOf, surfaceScenes } from './surface-scenes';

/** Default words: English. */
type Surface = (isNarrow: boolean, words?: Words) => SurfaceScene;

/** The names of all scenes and of all changes from one to the next, by what they show. */
export const sceneGroups = {
  Scenes: Object.keys(stageScenes),
  Surfaces: Object.keys(surfaceScenes),
  Parts: Object.keys(partScenes),
  Moves: Object.keys(stageMoves),
  Growing: Object.keys(movesThatGrow),
  Arrivals: Object.keys(surfaceMoves),
};

/** Both steps of a move have the same people, as far as they do not change. */
const moves = new Map<string, StageMove>();

const withWords = (scene: SurfaceSceneOf | undefined): Surface | undefined =>
  scene && ((isNarrow, words = wordsNamed(null)) => scene(isNarrow, words));

/** What is asked for: a state of the stage, or what stands beside and over it. */
export function sceneOf(asked: URLSearchParams): { stage?: StageScene; surface?: Surface } {
  const move = asked.get('move');
  if (move === null) {
    const name = asked.get('scene') ?? '';
    const stage = stageScenes[name]?.();
    const surface = withWords(surfaceScenes[name] ?? partScenes[name]);
    return { ...(stage && { stage }), ...(surface && { surface }) };
  }
  const known = moves.get(move) ?? (stageMoves[move] ?? movesThatGrow[move])?.();
  if (known) moves.set(move, known);
  const step = asked.get('step') === 'after' ? 'after' : 'before';
  const surface = withWords(surfaceMoves[move]?.[step]);
  return { ...(known && { stage: known[step] }), ...(surface && { surface }) };
}
