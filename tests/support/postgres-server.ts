import type { TestProject } from 'vitest/node';
import { findPostgres, runPostgres } from '../../scripts/postgres-server.mjs';
import { makeTemplate } from './postgres-databases';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database that tests leave alone; they make others beside it. */
    databaseUrl: string;
  }
}

let server: { stop(): Promise<void> } | undefined;

/** Vitest calls this once before the project's files: the server of DATABASE_URL, or one of its own. */
export async function setup(project: TestProject): Promise<void> {
  const given = process.env.DATABASE_URL;
  let url = given;
  if (!url) {
    const bin = await findPostgres();
    if (!bin)
      throw new Error(
        'PostgreSQL is not installed (Debian: apt-get install postgresql), and DATABASE_URL is not set',
      );
    const running = await runPostgres(bin);
    server = running;
    url = running.url;
  }
  await makeTemplate(url);
  project.provide('databaseUrl', url);
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
