import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Deeds = { passed: number; dropped: number; doubled: number; delayed: number; reordered: number };

/**
 * Forwards LiveKit's webhooks to the app over a bad line: by a seed each is passed on,
 * dropped, sent twice, delayed, or kept until the next one has gone first.
 */
export async function startWebhookProxy(seed: number) {
  let target: string | null = null;
  const random = seeded(seed);
  const deeds: Deeds = { passed: 0, dropped: 0, doubled: 0, delayed: 0, reordered: 0 };
  let kept: (() => Promise<void>) | null = null;
  const server = createServer((asked, answer) => void take(asked, answer));

  async function take(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const pass = async () => {
      if (target !== null) await forward(target, asked, body);
    };
    // LiveKit hears that all is well, whatever becomes of it: a lost delivery is not tried again.
    answer.writeHead(200).end();
    const fate = random();
    const late = kept;
    kept = null;
    if (fate < 0.3) deeds.dropped += 1;
    else if (fate < 0.5) {
      deeds.doubled += 1;
      await pass();
      await pass();
    } else if (fate < 0.65) {
      deeds.delayed += 1;
      setTimeout(() => void pass(), 200 + random() * 2000);
    } else if (fate < 0.8) {
      deeds.reordered += 1;
      kept = pass;
    } else {
      deeds.passed += 1;
      await pass();
    }
    await late?.();
  }

  await listening(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    deeds,
    /** The app's address, which is known only once LiveKit has this one in its settings. */
    sendTo(address: string) {
      target = address;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function forward(target: string, asked: IncomingMessage, body: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    const passing = request(
      target,
      {
        method: 'POST',
        headers: {
          authorization: asked.headers.authorization ?? '',
          'content-type': asked.headers['content-type'] ?? 'application/webhook+json',
          'content-length': body.length,
        },
      },
      (answer) => answer.resume().on('end', resolve),
    );
    passing.on('error', () => resolve());
    passing.end(body);
  });
}

/**
 * Stands between a browser and the app, byte by byte. `stall` holds both directions back without
 * closing anything, as a dead mobile network does; `drop` breaks every connection off.
 */
export async function startLineProxy(targetPort: number) {
  const open = new Set<Socket>();
  let isStalled = false;
  const server = createTcpServer((client) => {
    const app = connect(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [client, app],
      [app, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.on('data', (bytes) => to.write(bytes));
    }
    if (isStalled) for (const socket of [client, app]) socket.pause();
  });
  await listening(server);
  return {
    port: (server.address() as AddressInfo).port,
    /** Connections that are open now stop for ever; new ones go through when `onlyOpen`. */
    stall({ onlyOpen }: { onlyOpen: boolean }) {
      isStalled = !onlyOpen;
      for (const socket of open) socket.pause();
    },
    heal() {
      isStalled = false;
      for (const socket of open) socket.resume();
    },
    drop() {
      for (const socket of open) socket.destroy();
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A response of a proxy's own, in place of the app's. */
export type FalseResponse = { status: number; type: string; body: string };

/**
 * Stands between a browser and the app as a web server does, and responds itself while a test asks for it, as proxies do that
 * restart, want a sign-in of their own or belong to a hotel.
 */
export async function startAnsweringProxy(targetPort: number) {
  const open = new Set<Socket>();
  let own: FalseResponse | null = null;
  const answered: string[] = [];
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/';
    if (own) {
      answered.push(path);
      asked.resume();
      answer.writeHead(own.status, { 'content-type': own.type }).end(own.body);
      return;
    }
    const { method, headers } = asked;
    const passing = request({ port: targetPort, host: '127.0.0.1', path, method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.on('error', () => answer.destroy());
      given.pipe(answer);
    });
    passing.on('error', () => answer.destroy());
    answer.on('close', () => passing.destroy());
    asked.pipe(passing);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await listening(server);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    /** Cuts every connection and answers everything with this from now on; null: passes everything on again. */
    answerWith(response: FalseResponse | null) {
      own = response;
      answered.length = 0;
      if (response) cut();
    },
    /** The paths it has answered itself since `answerWith`. */
    answered,
    async close() {
      cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const listening = (server: Server | ReturnType<typeof createTcpServer>) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
