import type { Page } from '@playwright/test';

/** The region named Call, in every language. */
export const callSection = 'section[aria-label]:not([role])';

/**
 * What a careful eye finds wrong with the call on this page: text under text, controls cut off, tiles out of sight or
 * over each other, names cut where there is room, pictures that lose an edge.
 */
export const stageFlaws = (page: Page): Promise<string[]> => page.evaluate(findFlaws, callSection);

/** The same of whatever stands over or beside a call, each part for itself: one may lie over another. */
export const surfaceFlaws = async (page: Page): Promise<string[]> => {
  const flaws: string[] = [];
  for (const part of await page.evaluate(markParts, callSection))
    flaws.push(...(await page.evaluate(findFlaws, part)));
  return flaws;
};

/** Runs inside the page. @returns a selector for each part of the scene */
function markParts(call: string): string[] {
  const roles = ['alertdialog', 'dialog', 'alert', 'status', 'log']
    .map((role) => `[role="${role}"]`)
    .concat('[data-alone]')
    .join();
  const parts = [...document.querySelectorAll(`${roles}, ${call}`)].filter(
    (part) => !part.parentElement?.closest(`${roles}, ${call}`),
  );
  return parts.map((part, index) => {
    part.setAttribute('data-part', String(index));
    return `[data-part="${index}"]`;
  });
}

/** Runs inside the page. */
function findFlaws(selector: string): string[] {
  const flaws: string[] = [];
  const region = document.querySelector(selector);
  if (!region) return [`there is no ${selector}`];
  const slack = 1;
  const outside = (inner: DOMRect, outer: DOMRect) =>
    inner.left < outer.left - slack ||
    inner.top < outer.top - slack ||
    inner.right > outer.right + slack ||
    inner.bottom > outer.bottom + slack;
  const overlap = (a: DOMRect, b: DOMRect) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  /** For screen readers only, or reached by scrolling something inside the part. */
  const isElsewhere = (element: Element) => {
    for (let at: Element | null = element; at; at = at === region ? null : at.parentElement) {
      const { clipPath, overflowY } = getComputedStyle(at);
      if (clipPath !== 'none') return true;
      // What is asked must be in sight at once.
      if (at === region && region.role !== 'log') continue;
      if (overflowY !== 'auto' || at === element) continue;
      if (
        at.scrollHeight > at.clientHeight &&
        outside(element.getBoundingClientRect(), at.getBoundingClientRect())
      )
        return true;
    }
    return false;
  };
  const isShown = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    const isVisible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return width > 1 && height > 1 && isVisible && !isElsewhere(element);
  };
  /** A button and the arrow of its menu, which stands in it. */
  const isSplit = (one: Element, other: Element) =>
    one.parentElement === other.parentElement &&
    one.parentElement?.childElementCount === 2 &&
    (one.hasAttribute('aria-expanded') || other.hasAttribute('aria-expanded'));
  const nameOf = (element: Element) =>
    element.getAttribute('aria-label') ||
    (element instanceof HTMLInputElement && element.labels?.[0]?.textContent) ||
    element.textContent?.trim().slice(0, 40) ||
    element.tagName;
  /** Lies over all of a picture. */
  const isEnlarging = (control: Element) => control.matches('li > [class*="enlarge"]');
  const isMirrored = document.documentElement.dir === 'rtl';
  const windowRect = new DOMRect(0, 0, innerWidth, innerHeight);
  if (document.documentElement.scrollWidth > innerWidth) flaws.push('the page is wider than the window');

  const tiles = [...region.querySelectorAll('li[data-look]')];
  const area = region.querySelector('ul[aria-label]')?.parentElement?.getBoundingClientRect();
  for (const [index, tile] of tiles.entries()) {
    const box = tile.getBoundingClientRect();
    if (outside(box, windowRect) || (area && outside(box, area))) flaws.push(`out of sight: ${nameOf(tile)}`);
    if (tile.getAttribute('data-look') === 'corner') continue;
    for (const other of tiles.slice(index + 1))
      if (other.getAttribute('data-look') !== 'corner' && overlap(box, other.getBoundingClientRect()))
        flaws.push(`over each other: ${nameOf(tile)} and ${nameOf(other)}`);
  }

  const controls = [...region.querySelectorAll('button, [role="separator"], input')].filter(isShown);
  const boxOf = (control: Element) => control.getBoundingClientRect();
  for (const [index, control] of controls.entries()) {
    const isPicture = isEnlarging(control);
    const label = control.getAttribute('aria-label') ?? '';
    const spans = [...control.querySelectorAll('span')].filter((span) => span.childElementCount === 0);
    const shown = spans.filter(isShown).map((span) => span.textContent ?? '');
    const words = (spans.length > 0 ? shown.join(' ') : (control.textContent ?? '')).trim();
    if (label === '' && words === '' && nameOf(control) === control.tagName)
      flaws.push(`without a name: ${control.outerHTML.slice(0, 80)}`);
    if (label !== '' && words === '' && control instanceof HTMLButtonElement && !isPicture && !control.title)
      flaws.push(`without a word or a tooltip: ${label}`);
    // People say what they see; a sign has no words of its own.
    if (label !== '' && /[\p{L}\p{N}]/u.test(words) && !label.toLowerCase().includes(words.toLowerCase()))
      flaws.push(`shows other words than its name: ${label} and ${words}`);
    if (control.getAttribute('role') !== 'separator' && outside(boxOf(control), windowRect))
      flaws.push(`cut off: ${nameOf(control)}`);
    if (isPicture) continue;
    for (let parent = control.parentElement; parent && parent !== region; parent = parent.parentElement)
      if (
        getComputedStyle(parent).overflow !== 'visible' &&
        outside(boxOf(control), parent.getBoundingClientRect())
      )
        flaws.push(`cut off by its surroundings: ${nameOf(control)}`);
    for (const other of controls.slice(index + 1))
      if (!isEnlarging(other) && !isSplit(control, other) && overlap(boxOf(control), boxOf(other)))
        flaws.push(`controls over each other: ${nameOf(control)} and ${nameOf(other)}`);
  }

  /** Every piece of text with its lines. */
  const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
  const texts: { words: string; element: Element; boxes: DOMRect[] }[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const words = node.textContent?.trim() ?? '';
    if (!element || words === '' || !isShown(element) || element.closest('[class*="hidden"]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // As much of it as its own box shows, and the one around it.
    const own = element.getBoundingClientRect();
    const around = element.parentElement ?? element;
    const isClipped = getComputedStyle(around).overflowY === 'hidden';
    const bottomEdge = isClipped ? Math.min(own.bottom, around.getBoundingClientRect().bottom) : own.bottom;
    const clip = new DOMRect(own.left, own.top, own.width, Math.max(0, bottomEdge - own.top));
    const boxes = [...range.getClientRects()]
      .filter((box) => box.top < clip.bottom - 2)
      .map((box) => {
        const [left, top] = [Math.max(box.left, clip.left), Math.max(box.top, clip.top)];
        const [right, bottom] = [Math.min(box.right, clip.right), Math.min(box.bottom, clip.bottom)];
        return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
      });
    texts.push({ words, element, boxes });
  }
  for (const [index, text] of texts.entries()) {
    for (const box of text.boxes) {
      const own = text.element.getBoundingClientRect();
      const middle = new DOMRect(
        isMirrored ? Math.min(box.right, own.right) - 1 : Math.max(box.left, own.left),
        box.top + box.height / 4,
        1,
        box.height / 2,
      );
      if (outside(middle, windowRect)) flaws.push(`text out of sight: ${text.words}`);
    }
    for (const other of texts.slice(index + 1)) {
      const isOver = text.boxes.some((a) => other.boxes.some((b) => overlap(a, b)));
      if (isOver) flaws.push(`text under text: ${text.words} and ${other.words}`);
    }
    for (const control of controls) {
      if (isEnlarging(control) || control.contains(text.element)) continue;
      if (text.boxes.some((box) => overlap(box, boxOf(control))))
        flaws.push(`text under a control: ${text.words} and ${nameOf(control)}`);
    }
  }

  for (const own of tiles.filter((tile) => tile.getAttribute('data-look') === 'corner'))
    for (const text of texts)
      if (!own.contains(text.element) && text.boxes.some((box) => overlap(box, own.getBoundingClientRect())))
        flaws.push(`text under the own picture: ${text.words}`);

  for (const control of controls)
    for (const word of control.querySelectorAll('span'))
      if (isShown(word) && word.childElementCount === 0 && word.scrollWidth > word.clientWidth + 1)
        flaws.push(`word cut: ${word.textContent}`);

  for (const name of region.querySelectorAll('bdi')) {
    if (!isShown(name)) continue;
    const isCut = name.scrollWidth > name.clientWidth + 1 || name.scrollHeight > name.clientHeight + 2;
    if (!isCut) continue;
    const own = name.getBoundingClientRect();
    const home = name.closest('div[data-connection], li, button, [data-call-bar]') ?? region;
    // How far it could grow: to its neighbour on the same line, or to the end of its place.
    const [start, end] = isMirrored ? (['right', 'left'] as const) : (['left', 'right'] as const);
    const distance = (edge: number) => (isMirrored ? own.left - edge : edge - own.right);
    const ends = [distance(home.getBoundingClientRect()[end])];
    for (const text of [...texts.map(({ element }) => element), ...controls]) {
      const box = text.getBoundingClientRect();
      const isOnLine = box.top < own.bottom && box.bottom > own.top;
      if (isOnLine && distance(box[start]) >= 0 && home.contains(text)) ends.push(distance(box[start]));
    }
    if (Math.min(...ends) > 56) flaws.push(`cut where there is room: ${name.textContent}`);
    if (name.getBoundingClientRect().width < 48) flaws.push(`not legible: ${name.textContent}`);
  }

  for (const video of region.querySelectorAll('video')) {
    if (getComputedStyle(video).objectFit !== 'contain') flaws.push('a picture may lose its edges');
    const box = video.getBoundingClientRect();
    if (box.width < 40 || box.height < 30) flaws.push('a picture too small to see');
  }
  return [...new Set(flaws)];
}
