import { expect, it } from 'vitest';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { makeTestApp } from '../support/make-test-deps';

async function logged() {
  const { deps, media } = await makeTestApp();
  const lines: string[] = [];
  const record = (level: string) => (_: unknown, words?: string) => {
    lines.push(`${level}: ${words ?? String(_)}`);
  };
  deps.log = { ...deps.log, warn: record('warn'), info: record('info') };
  return { deps, media, lines };
}

it('LiveKit’s absence and return are each logged once, however many ticks pass', async () => {
  const { deps, media, lines } = await logged();
  await reconcileCalls(deps);
  media.goDown();
  for (let tick = 0; tick < 5; tick += 1) expect(await reconcileCalls(deps)).toBe(false);
  media.comeBack();
  for (let tick = 0; tick < 3; tick += 1) expect(await reconcileCalls(deps)).toBe(true);
  expect(lines).toEqual(['warn: LiveKit does not answer', 'info: LiveKit answers again']);
});

it('a LiveKit clock that is off is logged once, again when it is off otherwise, and once when it is right', async () => {
  const { deps, media, lines } = await logged();
  for (const offsetMs of [0, 20_000, 300_000, 300_400, -120_000, 10_000, 0]) {
    media.setClockOffset(offsetMs);
    for (let tick = 0; tick < 2; tick += 1) await reconcileCalls(deps);
  }
  expect(lines).toEqual([
    'warn: LiveKit’s clock is 300 s ahead of ours; calls allow for it, but set it right',
    'warn: LiveKit’s clock is 120 s behind ours; calls allow for it, but set it right',
    'info: LiveKit’s clock agrees with ours again',
  ]);
});
