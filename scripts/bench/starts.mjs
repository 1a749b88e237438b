import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../../tests/support/running-app.ts';
import { nextCli, root, toolsDir } from '../paths.mjs';
import { buildNext } from './first-load.mjs';
import { startFloor } from './floor-process.mjs';
import { measurePairs } from './pairs.mjs';
import { ask, benchSlot, seedPeople } from './people.mjs';

const atOnce = 32;
const perRun = 64;
/** Each pair calls twice in a run of thirty: ring limits allow three a minute (lib/calls/commands/ring-limits.ts). */
const people = 4096;

/** Start + cancel per second, 32 at once, beside the same two requests on bare node. */
export const measureStartsOnNode = (/** @type {number} */ count) =>
  measureStarts('starts', count, (app) => startFloor(join(root, 'scripts/bench/floor-starts-node.mjs'), app));

/** The same beside the two requests as routes of an otherwise empty Next app. */
export async function measureStartsOnNext(/** @type {number} */ count) {
  const folder = await buildNextFloor();
  try {
    return await measureStarts('starts-next', count, (app) =>
      startFloor(join(root, nextCli), app, {
        args: ['start', '--hostname', '127.0.0.1'],
        cwd: folder,
        portOption: '--port',
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureStarts(
  /** @type {string} */ name,
  /** @type {number} */ count,
  /** @type {(app: import('../../tests/support/running-app.ts').RunningApp) => ReturnType<typeof startFloor>} */ open,
) {
  const app = await startApp({}, benchSlot);
  try {
    const everyone = await seedPeople(app, people);
    const floor = await open(app);
    let calls = 0;
    const cancelled = async () => {
      const at = (calls++ * 2) % everyone.length;
      const [caller, callee] = [everyone[at], everyone[at + 1]];
      if (!caller || !callee) throw new Error('people come in pairs');
      const given = { cookie: caller.cookie, body: { userId: callee.id, clientId: caller.clientId } };
      const { call } = JSON.parse(await ask(`${app.url}/api/calls`, 'POST', given));
      await ask(`${app.url}/api/calls/${call.id}/leave`, 'POST', {
        ...given,
        body: { clientId: caller.clientId },
      });
    };
    const cancelledOnFloor = async () => {
      const body = JSON.parse(await ask(`${floor.url}/start`, 'POST', { body: {} }));
      await ask(`${floor.url}/cancel`, 'POST', { body });
    };
    try {
      await perSecond(cancelled);
      await perSecond(cancelledOnFloor);
      return await measurePairs(name, count, {
        ours: () => perSecond(cancelled),
        floor: () => perSecond(cancelledOnFloor),
      });
    } finally {
      await floor.stop();
    }
  } finally {
    await app.stop();
  }
}

/** How often a second this is done, so many at once. */
async function perSecond(/** @type {() => Promise<void>} */ work) {
  let left = perRun;
  const since = performance.now();
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (perRun * 1000) / (performance.now() - since);
}

async function buildNextFloor() {
  const folder = mkdtempSync(join(toolsDir, 'next-floor-'));
  const route = (/** @type {string} */ answer) =>
    `import { makeStarts } from '../floor-starts.mjs';
     const { start, cancel } = (globalThis.floor ??= process.env.FLOOR_FILE ? makeStarts() : {});
     export const dynamic = 'force-dynamic';
     export const POST = async (request) => Response.json(${answer});`;
  for (const [file, content] of Object.entries({
    'package.json': '{ "type": "module" }',
    'next.config.js': `export default { serverExternalPackages: ['better-sqlite3', 'livekit-server-sdk'] };`,
    // Next would take the one of the folder around it, which is Parley's.
    'instrumentation.js': 'export const register = () => {};',
    'app/layout.jsx': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
    'app/start/route.js': route('await start()'),
    'app/cancel/route.js': route('await cancel((await request.json()).id)'),
    'app/ready/route.js': 'export const GET = () => Response.json({ ready: true });',
  })) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  cpSync(join(root, 'scripts/bench/floor-starts.mjs'), join(folder, 'app/floor-starts.mjs'));
  await buildNext(folder);
  return folder;
}
