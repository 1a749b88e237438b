import { readFileSync } from 'node:fs';

const css = readFileSync('app/tokens.css', 'utf8');

export type Theme = 'dark' | 'light';

/** The colour of a theme's avatars at a hue: red, green and blue from 0 to 1. */
export function avatarColour(theme: Theme, token: 'avatar-fill' | 'avatar-ink', hue: number): number[] {
  const block = css.slice(css.lastIndexOf(`[data-theme="${theme}"] {`));
  const [, saturation, lightness] = new RegExp(`--${token}: (\\d+)% (\\d+)%`).exec(block) ?? [];
  const [s, l] = [Number(saturation) / 100, Number(lightness) / 100];
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12;
    return l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  });
}

export const linearLight = (part: number) =>
  part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;

/** How different two colours look: their distance in OKLab, in hundredths (https://bottosson.github.io/posts/oklab/). */
export function differenceOf(one: number[], other: number[]): number {
  const [a, b] = [oklab(one), oklab(other)];
  return 100 * Math.hypot(...a.map((part, index) => part - (b[index] ?? 0)));
}

function oklab(colour: number[]): number[] {
  const [r = 0, g = 0, b = 0] = colour.map(linearLight);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
