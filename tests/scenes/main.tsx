import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '../../app/globals.css';
import { loadCallParts } from '../../lib/call-ui/components/load-call-parts';
import { SceneFrame } from './scene-frame';
import { stageScenes } from './stage-scenes';

/**
 * `#scene=NAME&place=dock|full&theme=dark|light`: one state of the call kit from plain data; else the list of them. In
 * the hash, because the next state then costs no loading of the page.
 */
const place = document.getElementById('scene');
if (!place) throw new Error('index.html has a place for the scene');
const root = createRoot(place);
await loadCallParts();

function show() {
  const { hash } = location;
  const asked = new URLSearchParams(hash.slice(1));
  const scene = stageScenes[asked.get('scene') ?? '']?.();
  document.documentElement.dataset.theme = asked.get('theme') ?? 'dark';
  flushSync(() =>
    root.render(
      scene ? (
        <SceneFrame key={hash} scene={scene} isFullAtFirst={asked.get('place') === 'full'} />
      ) : (
        <nav aria-label="Scenes">
          {Object.keys(stageScenes).map((name) => (
            <p key={name}>
              <a href={`#scene=${name}`}>{name}</a>
            </p>
          ))}
        </nav>
      ),
    ),
  );
  document.documentElement.dataset.shown = hash;
}

addEventListener('hashchange', show);
show();
