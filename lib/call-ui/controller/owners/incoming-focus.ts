/** Carried by every Accept, with the id of its call: how the focus finds it in whatever window an app shows. */
export const acceptMark = 'data-call-accept';

/** The keyboard's way to an incoming window and back. */
export type IncomingFocus = {
  /**
   * Puts the focus on a ring's Accept, also past an open dialog; from inside that window it goes back to where it
   * was. False when no such button stands in the page.
   */
  goTo(callId: string): boolean;
  /** After a window has closed: a focus that was in it goes back, and one that went elsewhere stays there. */
  ensure(): void;
};

export function createIncomingFocus(): IncomingFocus {
  let before: HTMLElement | null = null;

  function goBack() {
    const target = before;
    before = null;
    if (target?.isConnected) target.focus();
  }

  return {
    goTo(callId) {
      const marked = [...document.querySelectorAll<HTMLElement>(`[${acceptMark}]`)];
      const button = marked.find((element) => element.getAttribute(acceptMark) === callId);
      if (!button) return false;
      const { activeElement } = document;
      if ((button.closest('[role="alertdialog"]') ?? button).contains(activeElement)) {
        goBack();
        return true;
      }
      before = activeElement instanceof HTMLElement ? activeElement : null;
      button.focus();
      return true;
    },
    ensure() {
      if (!before) return;
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) goBack();
      else if (!activeElement.closest('[role="alertdialog"]')) before = null;
    },
  };
}
