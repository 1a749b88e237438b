import { expect, it } from 'vitest';
import { reconcileCalls } from '@/lib/calls/reconcile-calls';
import { makeTestApp } from '../support/make-test-deps';

it('LiveKit’s absence and return are each told once, however many ticks pass', async () => {
  const { deps, media } = await makeTestApp();
  const told: string[] = [];
  const tell = (level: string) => (_: unknown, words?: string) => {
    told.push(`${level}: ${words ?? String(_)}`);
  };
  deps.log = { ...deps.log, warn: tell('warn'), info: tell('info') };
  await reconcileCalls(deps);
  media.goDown();
  for (let tick = 0; tick < 5; tick += 1) expect(await reconcileCalls(deps)).toBe(false);
  media.comeBack();
  for (let tick = 0; tick < 3; tick += 1) expect(await reconcileCalls(deps)).toBe(true);
  expect(told).toEqual(['warn: LiveKit does not answer', 'info: LiveKit answers again']);
});
