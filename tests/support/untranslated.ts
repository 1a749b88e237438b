import type { Page } from '@playwright/test';

/**
 * What the kit shows on this page without its pseudo-language (`pseudoWords`): words that stand in a component instead of
 * the catalogue. Texts, names for screen readers, tooltips and placeholders count; what persons wrote does not.
 *
 * @param own what persons wrote: names, titles, messages
 */
export const untranslated = (page: Page, own: readonly string[]): Promise<string[]> =>
  page.evaluate(
    findUntranslated,
    [...own].sort((a, b) => b.length - a.length),
  );

/** Runs inside the page. */
function findUntranslated(own: string[]): string[] {
  const found = new Set<string>();
  const check = (what: string, words: string | null | undefined, isPicture = false) => {
    let rest = words ?? '';
    for (let before = ''; before !== rest; ) {
      before = rest;
      // From the inside: a sentence may hold another one.
      rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
    }
    for (const text of own) rest = rest.replaceAll(text, ' ');
    // A person's initials stand in the place of a picture.
    const isInitials = isPicture && [...rest.trim()].length <= 2;
    if (/\p{L}/u.test(rest) && !isInitials) found.add(`${what}: ${words}`);
  };
  const isOwn = (element: Element | null | undefined) =>
    Boolean(element?.closest('[data-of-the-app], style, script'));
  /** The words around a part of a sentence that is an element of its own. */
  const sentenceAround = (node: Node): string => {
    const words = node.textContent ?? '';
    const isWhole = ({ textContent }: Node) => {
      const text = textContent ?? '';
      return text.split('⟦').length === text.split('⟧').length;
    };
    const parent = node.parentElement;
    return !parent || [...parent.childNodes].every(isWhole) ? words : sentenceAround(parent);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!isOwn(node.parentElement))
      check('text', sentenceAround(node), Boolean(node.parentElement?.closest('[aria-hidden="true"]')));
  const attributes = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'];
  for (const element of document.body.querySelectorAll('*'))
    if (!isOwn(element)) for (const name of attributes) check(name, element.getAttribute(name));
  return [...found];
}
