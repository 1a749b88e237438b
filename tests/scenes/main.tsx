import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '../../app/globals.css';
import { loadCallParts } from '../../lib/call-ui/components/load-call-parts';
import { SceneFrame } from './scene-frame';
import { movesThatGrow, type StageMove, stageMoves } from './stage-moves';
import { type StageScene, stageScenes } from './stage-scenes';
import { SurfaceFrame } from './surface-frame';
import { surfaceMoves } from './surface-moves';
import { surfaceScenes } from './surface-scenes';

/**
 * `#scene=NAME&place=dock|full&theme=dark|light`: one state of the call kit from plain data;
 * `#move=NAME&step=before|after&place=…`: a state, which changes to the next in place; else the list of them. In the
 * hash, because the next state then costs no loading of the page.
 */
const place = document.getElementById('scene');
if (!place) throw new Error('index.html has a place for the scene');
const root = createRoot(place);
await loadCallParts();

type LinksProps = { label: string; names: string[]; parameter?: 'scene' | 'move' };

function Links({ label, names, parameter = 'scene' }: LinksProps) {
  return (
    <nav aria-label={label}>
      {names.map((name) => (
        <p key={name}>
          <a href={`#${parameter}=${name}`}>{name}</a>
        </p>
      ))}
    </nav>
  );
}

/** Both steps of a move have the same people, as far as they do not change. */
const moves = new Map<string, StageMove>();

function sceneOf(
  asked: URLSearchParams,
): [StageScene | undefined, (typeof surfaceScenes)[string] | undefined] {
  const move = asked.get('move');
  if (move === null) {
    const name = asked.get('scene') ?? '';
    return [stageScenes[name]?.(), surfaceScenes[name]];
  }
  const stage = moves.get(move) ?? (stageMoves[move] ?? movesThatGrow[move])?.();
  if (stage) moves.set(move, stage);
  const step = asked.get('step') === 'after' ? 'after' : 'before';
  return [stage?.[step], surfaceMoves[move]?.[step]];
}

function show() {
  const { hash } = location;
  const asked = new URLSearchParams(hash.slice(1));
  const [scene, surface] = sceneOf(asked);
  const key = hash.replace(/&step=\w+/, '');
  document.documentElement.dataset.theme = asked.get('theme') ?? 'dark';
  flushSync(() =>
    root.render(
      scene ? (
        <SceneFrame key={key} scene={scene} isFullAtFirst={asked.get('place') === 'full'} />
      ) : surface ? (
        <SurfaceFrame key={key} scene={surface} />
      ) : (
        <>
          <Links label="Scenes" names={Object.keys(stageScenes)} />
          <Links label="Surfaces" names={Object.keys(surfaceScenes)} />
          <Links label="Moves" names={Object.keys(stageMoves)} parameter="move" />
          <Links label="Growing" names={Object.keys(movesThatGrow)} parameter="move" />
          <Links label="Arrivals" names={Object.keys(surfaceMoves)} parameter="move" />
        </>
      ),
    ),
  );
  document.documentElement.dataset.shown = hash;
}

addEventListener('hashchange', show);
show();
