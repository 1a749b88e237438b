import type { SurfaceSceneOf } from './surface-scenes';
import { surfaceScenes } from './surface-scenes';

/** A page beside a call, and what it shows next. */
export type SurfaceMove = {
  before: SurfaceSceneOf;
  after: SurfaceSceneOf;
};

const nothing = () => ({});
const shown = (name: string) => surfaceScenes[name] ?? nothing;

/** What arrives while nothing that is there should move. */
export const surfaceMoves: Record<string, SurfaceMove> = {
  'a call arrives': { before: nothing, after: shown('ring') },
  'a second call arrives': { before: shown('ring'), after: shown('ring-two') },
  'a call arrives during a call': { before: nothing, after: shown('ring-in-call') },
  'a call ends': { before: nothing, after: shown('ended') },
  'a call is refused': { before: nothing, after: shown('refused') },
  'a call goes on elsewhere': { before: nothing, after: shown('move-call') },
};
