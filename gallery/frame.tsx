import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import '@/app/globals.css';
import { loadCallParts } from '@/lib/call-ui/components/load-call-parts';
import { WordsContext } from '@/lib/call-ui/words/words-context';
import { changed, readChanges } from './changes';
import { sceneGroups, sceneOf } from './scenes';
import { SceneFrame } from './scenes/scene-frame';
import { wordsNamed } from './scenes/scene-words';
import { SurfaceFrame } from './scenes/surface-frame';

/**
 * `frame.html#scene=NAME&place=dock|full&theme=dark|light&dir=ltr|rtl&words=en|de|ar|pseudo`: one state from plain data;
 * `#move=NAME&step=before|after&place=…`: a state, which changes to the next in place; else the list of them. `props`
 * holds what the gallery changed. In the hash, because the next state then costs no loading of the page.
 * `frame.html?bare#…`: as in an app that sets none of the kit's colours.
 */
const place = document.getElementById('scene');
if (!place) throw new Error('frame.html has a place for the scene');
const root = createRoot(place);
const isBare = new URLSearchParams(location.search).has('bare');
// Each file of styles is an element of its own here.
if (isBare) {
  for (const style of document.querySelectorAll('style[data-vite-dev-id*="/app/"]')) style.remove();
  // What the browser paints by itself, said: without a colour axe takes white for it, in the dark, too.
  document.documentElement.style.background = 'Canvas';
}
await loadCallParts();

function Names() {
  return Object.entries(sceneGroups).map(([label, names]) => (
    <nav key={label} aria-label={label}>
      {names.map((name) => (
        <p key={name}>
          <a href={`#${/Moves|Growing|Arrivals/.test(label) ? 'move' : 'scene'}=${name}`}>{name}</a>
        </p>
      ))}
    </nav>
  ));
}

function show() {
  const { hash } = location;
  const asked = new URLSearchParams(hash.slice(1));
  const { stage, surface } = changed(sceneOf(asked), readChanges(asked));
  const key = hash.replace(/&(step|props)=[^&]*/g, '');
  const theme = asked.get('theme') ?? 'dark';
  document.documentElement.dataset.theme = theme;
  // Parley's own styles say so, too.
  document.documentElement.style.colorScheme = theme;
  const words = wordsNamed(asked.get('words'));
  document.documentElement.dir = asked.get('dir') ?? words.direction;
  const shown = stage ? (
    <SceneFrame key={key} scene={stage} isFullAtFirst={asked.get('place') === 'full'} />
  ) : surface ? (
    <SurfaceFrame key={key} scene={surface} />
  ) : (
    <Names />
  );
  flushSync(() => root.render(<WordsContext value={words}>{shown}</WordsContext>));
  document.documentElement.dataset.shown = hash;
}

addEventListener('hashchange', show);
show();
