import type { InCall, Kit, KitParts } from './kit';

/** Loads what only a call needs once this tab enters one. */
export type InCallLoader = {
  /** Null until it is loaded, and after the chunk could not be had. */
  current(): InCall | null;
  /** Follows the calls of this tab; stops with the function it returns. */
  run(): () => void;
};

/** A chunk that fails to load is asked for again at the next entry. */
export function createInCallLoader(kit: Kit, load: KitParts['loadInCall']): InCallLoader {
  let running: InCall | null = null;
  let isOn = false;
  let askedFor: number | null = null;

  function update() {
    const attempt = kit.state.get().entry?.attempt;
    if (running || attempt === undefined || attempt === askedFor) return;
    askedFor = attempt;
    load().then(
      ({ runInCall }) => {
        if (isOn) running ??= runInCall(kit);
      },
      // The call goes on without.
      () => {},
    );
  }

  return {
    current: () => running,
    run() {
      isOn = true;
      const stop = kit.state.subscribe(update);
      update();
      return () => {
        isOn = false;
        askedFor = null;
        stop();
        running?.stop();
        running = null;
      };
    },
  };
}
