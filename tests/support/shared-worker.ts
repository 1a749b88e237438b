import { afterAll, beforeAll, expect, vi } from 'vitest';
import { restartClock } from '@/lib/call-ui/clock';
import { listenToReact } from './render-counts';

/*
 * Test files share a worker (vitest.config.ts, `isolate: false`), because loading the modules anew for each
 * file took most of the time. So each file starts with an empty page and leaves nothing that changes the next.
 */
let environment: NodeJS.ProcessEnv;

listenToReact();

beforeAll(() => {
  environment = { ...process.env };
  if (typeof document === 'undefined') return;
  restartFrames();
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, '', '/');
});

/** jsdom draws frames by a timer of its own: started under fake timers, it would never fire again for a later file. */
function restartFrames() {
  const last = requestAnimationFrame(() => {});
  for (let id = 1; id <= last; id += 1) cancelAnimationFrame(id);
}

afterAll(() => {
  expect(vi.isFakeTimers(), 'timers are real again').toBe(false);
  expect(process.env, 'the environment is as it was').toEqual(environment);
  if (typeof document !== 'undefined')
    expect(document.body.innerHTML, 'nothing is rendered any more').toBe('');
});

// The kit's clock lives as long as the worker and takes the jump to another time source for a sleep.
for (const change of ['useFakeTimers', 'useRealTimers'] as const) {
  const original = vi[change].bind(vi);
  vi[change] = (...args: Parameters<typeof original>) => {
    const result = original(...args);
    restartClock();
    return result;
  };
}
