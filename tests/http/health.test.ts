import { expect, it } from 'vitest';
import { routes } from '@/lib/routes/registry';
import { ask, makeTestApp } from '../support/make-test-deps';

const liveRoute = routes['GET /api/health/live'];
const healthRoute = routes['GET /api/health'];

it('health names LiveKit while it does not answer, and the process is live all the while', async () => {
  const app = await makeTestApp();
  const asked = async () => {
    const health = await ask(app, healthRoute, null);
    const live = await ask(app, liveRoute, null);
    return { health: health.status, live: live.status, ...(await health.json()) };
  };
  const well = { health: 200, live: 200, database: true, livekit: true, livekitClockOffsetSeconds: 0 };
  expect(await asked()).toEqual(well);
  app.media.goDown();
  expect(await asked()).toEqual({ ...well, health: 503, livekit: false });
  app.media.comeBack();
  expect(await asked()).toEqual(well);
  app.media.setClockOffset(-300_400);
  expect(await asked()).toEqual({ ...well, livekitClockOffsetSeconds: -300 });
});

it('health names the database when it does not answer', async () => {
  const app = await makeTestApp();
  app.deps.ping = () => Promise.reject(new Error('the disk is gone'));
  const health = await ask(app, healthRoute, null);
  expect([health.status, await health.json()]).toEqual([
    503,
    { database: false, livekit: true, livekitClockOffsetSeconds: 0 },
  ]);
  expect((await ask(app, liveRoute, null)).status).toBe(200);
});
