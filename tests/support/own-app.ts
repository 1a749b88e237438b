import { onTestFinished } from 'vitest';
import { isAlive } from '../../scripts/processes.mjs';
import { type AppSettings, type RunningApp, startApp } from './running-app';
import { waitFor } from './wait-for';

/** A Parley for one test alone, which may be killed; it ends with the test. */
export async function ownApp(settings: AppSettings = {}): Promise<RunningApp> {
  const app = await startApp({ CALL_RING_SECONDS: '15', CALL_REJOIN_SECONDS: '5', ...settings }, 8);
  onTestFinished(() => app.stop(), 60_000);
  return app;
}

/** SIGKILL to the app's process; resolves when its `npm start` has ended, too. LiveKit lives on. */
export async function killApp(app: RunningApp): Promise<void> {
  const { app: pid, job } = app.pids();
  process.kill(pid, 'SIGKILL');
  await waitFor('the end of npm start', () => !isAlive(pid) && !isAlive(job), 20_000);
}
