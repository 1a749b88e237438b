import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startApp } from '../../tests/support/running-app.ts';
import { signInAt } from '../../tests/support/web-person.ts';
import { nextCli, root, toolsDir } from '../paths.mjs';
import { pageWeight, sum } from './page-weight.mjs';

/** The least that Next serves. */
const emptyApp = {
  'app/layout.jsx': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
  'app/page.jsx': 'export default () => <p>Empty</p>;',
  'package.json': '{ "type": "module" }',
};

/**
 * What a conversation without a call loads first, in bytes after gzip, beside an empty app of the same Next.
 * @returns {Promise<{ ours: number, floor: number }>}
 */
export async function measureFirstLoad() {
  return { ours: await weighConversation(), floor: await weighEmptyApp() };
}

async function weighConversation() {
  const app = await startApp({});
  try {
    const { request } = await signInAt(app.url, 'alice', 'parley-demo');
    const { users } = await (await request('GET', '/api/users')).json();
    const bob = users.find((/** @type {{ username: string }} */ { username }) => username === 'bob');
    const { id } = await (await request('POST', '/api/conversations', { userIds: [bob.id] })).json();
    const html = await (await request('GET', `/messages/${id}`)).text();
    return sum(
      await pageWeight(html, async (name) =>
        Buffer.from(await (await request('GET', `/_next/${name}`)).arrayBuffer()),
      ),
    );
  } finally {
    await app.stop();
  }
}

async function weighEmptyApp() {
  // Inside the project, where it finds Parley's own Next.
  const folder = mkdtempSync(join(toolsDir, 'empty-app-'));
  try {
    mkdirSync(join(folder, 'app'));
    for (const [name, content] of Object.entries(emptyApp)) writeFileSync(join(folder, name), content);
    await buildNext(folder);
    const html = await readFile(join(folder, '.next/server/app/index.html'), 'utf8');
    return sum(await pageWeight(html, (name) => readFile(join(folder, '.next', name))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Makes the production build of an app of Next.
 * @returns {Promise<void>}
 */
export function buildNext(/** @type {string} */ folder) {
  return new Promise((resolve, reject) => {
    const builder = spawn(process.execPath, [join(root, nextCli), 'build'], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    builder.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`next build ended with code ${code}`)),
    );
  });
}
