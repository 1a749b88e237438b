import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What turns while something is busy; with reduced motion it stands still. */
const spinner = 'turn 0.9s linear infinite';
/** The rings around a person who is being called; with reduced motion they stand still. */
const pulse = 'pulse 2.4s ease-in-out infinite';
const pulseDelay = 'animation-delay: calc(2.4s * -0.85)';

const styles = ['app', 'lib/call-ui'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.css') && !path.startsWith('dist/'))
    .map((path) => ({
      path: `${folder}/${path}`,
      text: readFileSync(`${folder}/${path}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''),
    })),
);

test('no motion takes 200 ms or longer', () => {
  const times = styles.flatMap(({ path, text }) =>
    [
      ...text
        .replaceAll(spinner, '')
        .replaceAll(pulse, '')
        .replaceAll(pulseDelay, '')
        .matchAll(/(?<![\w.-])(\d*\.?\d+)(ms|s)\b/g),
    ].map(([, amount, unit]) => ({
      path,
      ms: Number(amount) * (unit === 's' ? 1000 : 1),
    })),
  );
  expect(times.length).toBeGreaterThan(5);
  expect(times.filter(({ ms }) => ms >= 200)).toEqual([]);
});

test('every length of a motion comes from the tokens that reduced motion sets to nothing', () => {
  const values = styles.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:transition|animation)(?:-duration)?:([^;]+);/g)].flatMap(([, value = '']) =>
      value.split(/,(?![^(]*\))/).map((part) => ({ path, part: part.trim() })),
    ),
  );
  expect(values.length).toBeGreaterThan(20);
  const allowed = (part: string) =>
    part === spinner || part === pulse || /^none\b/.test(part) || /var\(--(k-)?(fast|base|slow)\)/.test(part);
  expect(values.filter(({ part }) => !allowed(part))).toEqual([]);
  for (const tokens of ['app/tokens.css', 'lib/call-ui/components/theme.module.css']) {
    const { text = '' } = styles.find(({ path }) => path === tokens) ?? {};
    const reduced = text.slice(text.indexOf('prefers-reduced-motion: reduce'));
    expect(reduced.match(/--(k-)?(fast|base|slow): 0ms;/g), tokens).toHaveLength(3);
  }
});
