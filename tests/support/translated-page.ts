import type { Page } from '@playwright/test';

/**
 * Translates a page as Google Translate does, now and whenever something is added: every text node is replaced by
 * two `font` elements with other words in them. Fields, and what says `translate="no"`, are left alone.
 */
export async function translatePage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isLeftAlone = (text: Text) =>
      text.data.trim() === '' ||
      !text.parentElement ||
      text.parentElement.closest('font, script, style, textarea, [translate="no"]') !== null;
    const translate = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      if (root instanceof Text) texts.push(root);
      while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
      for (const text of texts) {
        if (isLeftAlone(text)) continue;
        const outer = document.createElement('font');
        const inner = document.createElement('font');
        for (const font of [outer, inner]) font.style.verticalAlign = 'inherit';
        inner.textContent = `‹${text.data.trim()}›`;
        outer.append(inner);
        text.replaceWith(outer);
      }
    };
    document.documentElement.classList.add('translated-ltr');
    translate(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes, target, type } of changes)
        if (type === 'characterData') translate(target);
        else for (const node of addedNodes) translate(node);
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}
