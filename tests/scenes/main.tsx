import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '../../app/globals.css';
import { loadCallParts } from '../../lib/call-ui/components/load-call-parts';
import { SceneFrame } from './scene-frame';
import { stageScenes } from './stage-scenes';
import { SurfaceFrame } from './surface-frame';
import { surfaceScenes } from './surface-scenes';

/**
 * `#scene=NAME&place=dock|full&theme=dark|light`: one state of the call kit from plain data; else the list of them. In
 * the hash, because the next state then costs no loading of the page.
 */
const place = document.getElementById('scene');
if (!place) throw new Error('index.html has a place for the scene');
const root = createRoot(place);
await loadCallParts();

function Links({ label, names }: { label: string; names: string[] }) {
  return (
    <nav aria-label={label}>
      {names.map((name) => (
        <p key={name}>
          <a href={`#scene=${name}`}>{name}</a>
        </p>
      ))}
    </nav>
  );
}

function show() {
  const { hash } = location;
  const asked = new URLSearchParams(hash.slice(1));
  const name = asked.get('scene') ?? '';
  const [scene, surface] = [stageScenes[name]?.(), surfaceScenes[name]];
  document.documentElement.dataset.theme = asked.get('theme') ?? 'dark';
  flushSync(() =>
    root.render(
      scene ? (
        <SceneFrame key={hash} scene={scene} isFullAtFirst={asked.get('place') === 'full'} />
      ) : surface ? (
        <SurfaceFrame key={hash} scene={surface} />
      ) : (
        <>
          <Links label="Scenes" names={Object.keys(stageScenes)} />
          <Links label="Surfaces" names={Object.keys(surfaceScenes)} />
        </>
      ),
    ),
  );
  document.documentElement.dataset.shown = hash;
}

addEventListener('hashchange', show);
show();
