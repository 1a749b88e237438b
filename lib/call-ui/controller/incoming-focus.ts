import type { Kit } from './kit';

/** Carried by every Accept, with the id of its call: how the focus finds it in whatever window an app shows. */
export const acceptMark = 'data-call-accept';

/**
 * Puts the focus on a ring's Accept, also past an open dialog; from inside that window it goes back to where it
 * was. False when no such button stands in the page.
 */
export function goToIncoming(kit: Kit, callId: string): boolean {
  const marked = [...document.querySelectorAll<HTMLElement>(`[${acceptMark}]`)];
  const button = marked.find((element) => element.getAttribute(acceptMark) === callId);
  if (!button) return false;
  const { activeElement } = document;
  if ((button.closest('[role="alertdialog"]') ?? button).contains(activeElement)) {
    returnFocus(kit);
    return true;
  }
  kit.focusBefore = activeElement instanceof HTMLElement ? activeElement : null;
  button.focus();
  return true;
}

/** Gives the focus back to what had it before `goToIncoming`. */
export function returnFocus(kit: Kit): void {
  const { focusBefore } = kit;
  kit.focusBefore = null;
  if (focusBefore?.isConnected) focusBefore.focus();
}

/** After a window has closed: the focus that was in it goes back, and one that went on by itself stays there. */
export function ensureFocus(kit: Kit): void {
  if (!kit.focusBefore) return;
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body) returnFocus(kit);
  else if (!activeElement.closest('[role="alertdialog"]')) kit.focusBefore = null;
}
