import { afterAll, beforeAll, expect, vi } from 'vitest';

/*
 * Test files share a worker (vitest.config.ts, `isolate: false`), because loading the modules anew for each
 * file took most of the time. So each file starts with an empty page and leaves nothing that changes the next.
 */
let environment: NodeJS.ProcessEnv;

beforeAll(() => {
  environment = { ...process.env };
  if (typeof document === 'undefined') return;
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, '', '/');
});

afterAll(() => {
  expect(vi.isFakeTimers(), 'timers are real again').toBe(false);
  expect(process.env, 'the environment is as it was').toEqual(environment);
  if (typeof document !== 'undefined')
    expect(document.body.innerHTML, 'nothing is rendered any more').toBe('');
});
