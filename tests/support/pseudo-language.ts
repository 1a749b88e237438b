import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { english } from '../../lib/call-ui/words/en';
import { pseudoText, pseudoWords, withAccents } from '../../lib/call-ui/words/pseudo';
import { root } from '../../scripts/paths.mjs';

/** Where the brace that opens at `from` closes. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

/** The branches of a plural in accents; its parameter, and every other argument, as it is. */
const withPseudoBranches = (argument: string) =>
  argument.replace(
    /(\w+ )\{([^{}]*)\}/g,
    (_, category: string, text: string) => `${category}{${withAccents(text)}}`,
  );

/** An ICU message in the pseudo-language of the kit (`pseudoWords`), whose arguments may hold words themselves. */
function pseudoMessage(message: string): string {
  const held: string[] = [];
  let bare = '';
  for (let at = 0; at < message.length; at++) {
    if (message[at] !== '{') {
      bare += message[at];
      continue;
    }
    const end = closing(message, at);
    bare += `{${held.push(message.slice(at + 1, end)) - 1}}`;
    at = end;
  }
  return pseudoText(bare).replace(
    /\{(\d+)\}/g,
    (_, index: string) => `{${withPseudoBranches(held[Number(index)] ?? '')}}`,
  );
}

/** The kit's words in the pseudo-language, to find its controls by. */
export const pseudoCallWords = pseudoWords(english);

const source: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'languages/en.json'), 'utf8'),
);

/** One of the app's messages in the pseudo-language, by its section and name. */
export const pseudoAppText = (section: string, name: string): string =>
  pseudoMessage(source[section]?.[name] ?? `there is no ${section}.${name}`);

/** Writes the file that `PARLEY_TEST_LANGUAGE` names, made from English. */
export function writePseudoLanguage(): string {
  const messages = Object.fromEntries(
    Object.entries(source).map(([section, texts]) => [
      section,
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, pseudoMessage(text)])),
    ]),
  );
  const path = join(mkdtempSync(join(tmpdir(), 'parley-language-')), 'pseudo.json');
  writeFileSync(path, JSON.stringify({ messages, callWords: pseudoCallWords }));
  return path;
}

/**
 * What stands on the page outside ⟦ ⟧ and no person wrote, and labels that are cut off. People's own words are in
 * elements that say so: a direction of their own, or not to be translated. What is chosen in a list may be cut off, because
 * the list shows it whole.
 */
export const languageFlaws = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    // Words of a font that is still on its way are wider.
    await document.fonts.ready;
    const own =
      'bdi, [translate="no"], [dir="auto"], time, kbd, code, svg, script, style, title, textarea, option, [role="combobox"]';
    const flaws: string[] = [];
    const names = new Set([...document.querySelectorAll('bdi')].map((one) => one.textContent ?? ''));
    const isOurs = (text: string) => {
      const whole = text.replace(/⟦[^⟦⟧]*⟧/g, '').replace(/⟦[^⟦⟧]*⟧/g, '');
      // A sentence with an element in it comes in two pieces.
      const rest = whole.replace(/⟦[^⟦⟧]*$/, '').replace(/^[^⟦⟧]*⟧/, '');
      return /\p{L}{2}/u.test(rest.replace(/Parley/g, '')) && !names.has(text.trim());
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent ?? '';
      if (!element || element.closest(own) || !element.checkVisibility()) continue;
      if (isOurs(text)) flaws.push(`text: ${text.trim()}`);
      if (!text.includes('⟦')) continue;
      const style = getComputedStyle(element);
      // For screen readers only.
      if (style.clipPath !== 'none') continue;
      if (
        style.overflowX !== 'visible' &&
        element.scrollWidth > element.clientWidth + 1 &&
        element.clientWidth > 1
      )
        flaws.push(`cut off: ${text.trim()}`);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (!element.checkVisibility()) continue;
      for (const attribute of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = element.getAttribute(attribute) ?? '';
        if (element.tagName !== 'TIME' && isOurs(text)) flaws.push(`${attribute}: ${text}`);
      }
    }
    return [...new Set(flaws)];
  });
