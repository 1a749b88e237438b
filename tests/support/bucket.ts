import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { onTestFinished } from 'vitest';
import { pinnedNode, root } from '@/scripts/paths.mjs';

/**
 * A bucket of this test's own, as Parley's settings name it, on an S3-compatible server that is started for it, or on
 * that of `TEST_S3_URL` (`http://key:secret@127.0.0.1:7070`).
 *
 * @returns `stop` ends the server that was started
 */
export async function makeBucket() {
  const server = process.env.TEST_S3_URL ? runningServer(process.env.TEST_S3_URL) : await startServer();
  const name = `parley-${crypto.randomUUID()}`;
  const { key, secret, origin } = server;
  const aws = new AwsClient({
    accessKeyId: key,
    secretAccessKey: secret,
    service: 's3',
    region: 'us-east-1',
  });
  const made = await aws.fetch(`${origin}/${name}`, { method: 'PUT' });
  if (!made.ok) throw new Error(`no bucket could be made: ${made.status} ${await made.text()}`);
  return {
    stop: server.stop,
    settings: {
      PARLEY_FILES: `${origin}/${name}`,
      PARLEY_FILES_KEY: key,
      PARLEY_FILES_SECRET: secret,
    },
  };
}

function runningServer(url: string) {
  const { username, password, origin } = new URL(url);
  return { origin, key: username, secret: password, stop: async () => undefined };
}

async function startServer() {
  const directory = mkdtempSync(join(tmpdir(), 'parley-s3-'));
  // Its tokens for the next page of a list are encrypted with DES.
  const options = ['--openssl-legacy-provider', `${root}/tests/support/s3-server.mjs`, directory];
  const child = spawn(pinnedNode, options, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const [port] = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => Promise.reject(new Error(`the S3 server ended with code ${code}`))),
  ]);
  return { origin: `http://127.0.0.1:${Number(String(port))}`, key: 'S3RVER', secret: 'S3RVER', stop };
}
