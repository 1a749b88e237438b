/** Whether the window of this tab is the one in front. Replaceable in tests. */
export type WindowFocus = {
  isInFront(): boolean;
  /** The listener is called when it may have changed. */
  onChange(listener: () => void): () => void;
};

/** As the browser says it: visible is not enough, because a window beside the one in front is visible, too. */
export const windowFocus: WindowFocus = {
  isInFront: () => {
    const page = globalThis.document;
    return page !== undefined && page.visibilityState === 'visible' && page.hasFocus();
  },
  onChange(listener) {
    const page = globalThis.document;
    globalThis.addEventListener?.('focus', listener);
    globalThis.addEventListener?.('blur', listener);
    page?.addEventListener('visibilitychange', listener);
    return () => {
      globalThis.removeEventListener?.('focus', listener);
      globalThis.removeEventListener?.('blur', listener);
      page?.removeEventListener('visibilitychange', listener);
    };
  },
};
