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

/** The window that was gone to has closed: without this the focus would be nowhere. */
export function keepFocusSomewhere(kit: Kit): void {
  const { activeElement, body } = document;
  if (kit.focusBefore && (activeElement === null || activeElement === body)) returnFocus(kit);
}
