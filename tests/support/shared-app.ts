import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type RunningApp, startApp } from './running-app';

/** The running Parley that the quick cases share; each brings people of its own. */
export type SharedApp = { url: string; port: number; livekitPort: number; dataDir: string; appPid: number };

declare module 'vitest' {
  interface ProvidedContext {
    app: SharedApp;
  }
}

let app: RunningApp;

/** Vitest calls this once before the project's files. */
export async function setup(project: TestProject): Promise<void> {
  app = await startApp({ CALL_RING_SECONDS: '15', CALL_REJOIN_SECONDS: '5' }, 7);
  const { url, port, livekitPort, dataDir } = app;
  project.provide('app', { url, port, livekitPort, dataDir, appPid: app.pids().app });
}

export async function teardown(): Promise<void> {
  await app.stop();
}

export const sharedApp = (): SharedApp => inject('app');
