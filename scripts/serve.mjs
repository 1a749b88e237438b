/**
 * The app's process: one HTTP server that asks Parley's own routes first (lib/routes) and hands pages to Next.
 * `npm start` and `npm run dev` run it (scripts/app-process.mjs).
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import next from 'next';
import { untilOpen } from '../lib/http/front-door.mjs';
import { root } from './paths.mjs';
import { stopServer } from './stop-server.mjs';

/** @typedef {import('../lib/http/front-door.mjs').FrontDoor} FrontDoor */

/** Open requests get this long to finish at a stop. */
const patienceMs = 5000;

const { values } = parseArgs({
  options: {
    dev: { type: 'boolean', default: false },
    hostname: { type: 'string', default: 'localhost' },
    port: { type: 'string', default: '3000' },
  },
});
const { dev, hostname } = values;
const port = Number(values.port);

const opened = untilOpen();
/** @type {FrontDoor | undefined} */
let door;
const server = createServer((request, response) => {
  if (door) answer(door, request, response);
  else void opened.then((open) => answer(open, request, response));
});
const app = next({ dev, dir: root, hostname, port, httpServer: server });
const answerPage = app.getRequestHandler();

function answer(
  /** @type {FrontDoor} */ { serve },
  /** @type {import('node:http').IncomingMessage} */ request,
  /** @type {import('node:http').ServerResponse} */ response,
) {
  if (serve(request, response)) return;
  answerPage(request, response).catch((error) => {
    console.error(error);
    response.destroy();
  });
}

function giveUp(/** @type {unknown} */ error) {
  console.error(error);
  process.exit(1);
}

// The port is taken before the database is opened; requests wait until boot is done.
server.on('error', giveUp);
server.listen(port, hostname, () => {
  app
    .prepare()
    .then(() => opened)
    .then((open) => {
      door = open;
    }, giveUp);
});

let isStopping = false;
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])) {
  process.on(signal, async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    const closed = door?.close();
    if (dev) server.closeAllConnections();
    await stopServer(server);
    await closed;
    await app.close();
    process.exit(code);
  });
}
