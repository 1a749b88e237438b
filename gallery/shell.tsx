import { StrictMode, useDeferredValue, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '@/app/globals.css';
import { type Changes, changed, partsOf } from './changes';
import { Controls } from './controls';
import { printCode } from './print-code';
import { sceneGroups, sceneOf } from './scenes';
import { Sheet } from './sheet';
import css from './shell.module.css';
import { Switches, sizes, type View } from './switches';

/** The gallery: every scene by name, the scene in a frame of its own, and its properties and code. */
const titles: Record<keyof typeof sceneGroups, string> = {
  Parts: 'Parts',
  Surfaces: 'Beside and over a call',
  Scenes: 'The call',
  Moves: 'What changes in place',
  Growing: 'What lets it grow',
  Arrivals: 'What arrives',
};
const groups = ['Parts', 'Surfaces', 'Scenes', 'Moves', 'Growing', 'Arrivals'] as const;
const isMove = (name: string) => !['Parts', 'Surfaces', 'Scenes'].some((group) => has(group, name));
const readable = (name: string) => name.replaceAll('-', ' ');
const has = (group: string, name: string) => Reflect.get(sceneGroups, group).includes(name);

/** As in `shell.module.css`: one thing beneath another, and the scene in the whole width. */
const isPhone = () => innerWidth <= 900;
/** What the names and the properties leave to a scene without a size. */
const roomWidth = () => (isPhone() ? innerWidth : innerWidth - 560);

const first: View = {
  name: 'ring',
  size: isPhone() ? 'Fit' : 'Laptop',
  theme: 'dark',
  dir: 'ltr',
  words: 'en',
  place: 'dock',
  step: 'before',
  colours: 'parley',
};

/** The address holds what is shown, so that it can be sent to someone else. */
const readView = (): View => ({
  ...first,
  ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))),
});

function Gallery() {
  const [view, setView] = useState(readView);
  const [changes, setChanges] = useState<Changes>({});
  const [search, setSearch] = useState('');
  const [isChoosing, setChoosing] = useState(false);
  const { name, size, theme, dir, words, place, step, colours } = view;
  const shown = useDeferredValue(changes);
  const show = (next: Partial<View>) => {
    const whole = { ...view, ...next };
    if (whole.name !== name) setChanges({});
    setView(whole);
    setChoosing(false);
    history.replaceState(null, '', `#${new URLSearchParams(whole)}`);
  };
  const asked = new URLSearchParams({ [isMove(name) ? 'move' : 'scene']: name, place, theme, dir, words });
  if (isMove(name)) asked.set('step', step);
  if (Object.keys(shown).length > 0) asked.set('props', JSON.stringify(shown));
  const how = { isNarrow: (sizes[size]?.width ?? roomWidth()) < 768, isFull: place === 'full' };
  const scene = sceneOf(asked);
  const [part] = partsOf(scene, how);
  const code = partsOf(changed(scene, shown), how).map(printCode);
  return (
    <div className={css.gallery}>
      <nav className={css.names} aria-label="Gallery" data-open={isChoosing || undefined}>
        <div className={css.head}>
          <h1>Call kit</h1>
          <button
            type="button"
            className={css.chosen}
            aria-expanded={isChoosing}
            onClick={() => setChoosing(!isChoosing)}
          >
            {isChoosing ? 'Close' : readable(name)}
          </button>
        </div>
        <input
          type="search"
          placeholder="Find a scene"
          aria-label="Find a scene"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {groups.map((group) => {
          const found = sceneGroups[group].filter((one) => one.includes(search.toLowerCase()));
          if (found.length === 0) return null;
          return (
            <section key={group} aria-label={titles[group]}>
              <h2>{titles[group]}</h2>
              {found.map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-current={one === name ? 'page' : undefined}
                  onClick={() => show({ name: one })}
                >
                  {readable(one)}
                </button>
              ))}
            </section>
          );
        })}
      </nav>
      <main className={css.stage}>
        <Switches view={view} show={show} hasPlace={Boolean(scene.stage)} hasStep={isMove(name)} />
        <Sheet box={sizes[size]} name={name} src={`frame.html${colours === 'kit' ? '?bare' : ''}#${asked}`} />
      </main>
      <aside className={css.props} aria-label="Properties and code">
        {part ? (
          <>
            <h2>{part.name}</h2>
            <Controls part={part} changes={changes} change={setChanges} />
            <div className={css.codeHead}>
              <h3>Code</h3>
              <button type="button" onClick={() => void navigator.clipboard.writeText(code.join('\n'))}>
                Copy
              </button>
            </div>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
            <pre tabIndex={0}>{code.join('\n')}</pre>
          </>
        ) : (
          <p className={css.quiet}>Nothing is shown before this change.</p>
        )}
      </aside>
    </div>
  );
}

const place = document.getElementById('gallery');
if (!place) throw new Error('index.html has a place for the gallery');
createRoot(place).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
