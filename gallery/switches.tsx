import css from './shell.module.css';

/** What the gallery shows, and how. */
export type View = {
  name: string;
  size: string;
  theme: string;
  dir: string;
  words: string;
  place: string;
  step: string;
  /** `kit`: as in an app that sets no `--call-…`. */
  colours: string;
};

/** The windows that a scene is looked at in; without one it has the room that there is. */
export const sizes: Record<string, { width: number; height: number } | undefined> = {
  Phone: { width: 390, height: 844 },
  Sideways: { width: 844, height: 390 },
  Small: { width: 1024, height: 600 },
  Laptop: { width: 1280, height: 800 },
  Fit: undefined,
};

type SwitchesProps = {
  view: View;
  show: (next: Partial<View>) => void;
  /** Only a call has a dock and a full window. */
  hasPlace: boolean;
  /** Only a change has a before and an after. */
  hasStep: boolean;
};

/** The size, the theme, the direction and the language of what is shown. */
export function Switches({ view, show, hasPlace, hasStep }: SwitchesProps) {
  const rows: { label: string; key: keyof View; words: Record<string, string> }[] = [
    { label: 'Window', key: 'size', words: Object.fromEntries(Object.keys(sizes).map((one) => [one, one])) },
    { label: 'Theme', key: 'theme', words: { dark: 'Dark', light: 'Light' } },
    { label: 'Colours', key: 'colours', words: { parley: 'Parley', kit: 'The kit’s own' } },
    { label: 'Direction', key: 'dir', words: { ltr: 'Left to right', rtl: 'Right to left' } },
    { label: 'Words', key: 'words', words: { en: 'English', de: 'German', ar: 'Arabic', pseudo: 'Long' } },
    ...(hasPlace ? [{ label: 'Place', key: 'place' as const, words: { dock: 'Dock', full: 'Full' } }] : []),
    ...(hasStep
      ? [{ label: 'Step', key: 'step' as const, words: { before: 'Before', after: 'After' } }]
      : []),
  ];
  return (
    <div className={css.switches}>
      {rows.map(({ label, key, words }) => (
        <fieldset key={key} className={css.switch}>
          <legend className={css.hidden}>{label}</legend>
          {Object.entries(words).map(([value, text]) => (
            <button
              key={value}
              type="button"
              aria-pressed={view[key] === value}
              onClick={() => show({ [key]: value })}
            >
              {text}
            </button>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
