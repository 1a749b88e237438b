import {
  createServer as createPlainServer,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { makeOwnCertificate } from './own-certificate';

/**
 * The web server that stands before a public Parley: TLS for each name, WebSockets and streams passed
 * on as they come, the asker's address in X-Forwarded-For. 502 while no server responds behind it.
 * @param sites the port on loopback behind each name; more can be added while it runs
 */
export async function startTlsFront(sites: Map<string, number>, names: string[]) {
  const { key, cert, trustArg } = makeOwnCertificate(names);
  const open = new Set<Duplex>();
  const portOf = (asked: IncomingMessage) => sites.get(asked.headers.host?.split(':')[0] ?? '') ?? 0;
  const headersOf = (asked: IncomingMessage) => ({
    ...asked.headers,
    'x-forwarded-for': asked.socket.remoteAddress ?? '',
  });

  const server = createServer({ key, cert }, (asked, answer) => pass(asked, answer, portOf(asked)));
  server.on('upgrade', (asked: IncomingMessage, client: Duplex, first: Buffer) => {
    const behind = connect(portOf(asked), '127.0.0.1', () => {
      const lines = Object.entries(headersOf(asked)).map(([name, value]) => `${name}: ${value}\r\n`);
      behind.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
      behind.write(first);
      client.pipe(behind).pipe(client);
    });
    endTogether(client, behind);
  });
  server.on('connection', (socket: Socket) => keep(socket));
  // LiveKit does not believe the certificate: its webhooks come without TLS, as on one machine.
  const plain = createPlainServer((asked, answer) => pass(asked, answer, sites.get(names[0] ?? '') ?? 0));

  function pass(asked: IncomingMessage, answer: ServerResponse, port: number) {
    const { method, url } = asked;
    const passing = request({ host: '127.0.0.1', port, method, path: url, headers: headersOf(asked) });
    passing.on('response', (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      answer.flushHeaders();
      found.pipe(answer);
      found.on('error', () => answer.destroy());
    });
    passing.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on('close', () => passing.destroy());
    asked.pipe(passing);
  }
  function keep(socket: Duplex) {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  }
  function endTogether(one: Duplex, other: Duplex) {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      keep(from);
      from.on('close', () => to.destroy());
    }
  }

  const listen = (which: typeof server | typeof plain) =>
    new Promise<number>((resolve) =>
      which.listen(0, '127.0.0.1', () => resolve((which.address() as AddressInfo).port)),
    );
  const [port, plainPort] = [await listen(server), await listen(plain)];
  const rules = names.map((name) => `MAP ${name}:443 127.0.0.1:${port}`);
  return {
    /** Where LiveKit sends its webhooks: to the first name's site. */
    webhookUrl: `http://127.0.0.1:${plainPort}/api/livekit/webhook`,
    /** With these Chromium finds the names here, and believes the certificate. */
    browserArgs: [`--host-resolver-rules=${rules.join(', ')}`, trustArg],
    async close() {
      for (const socket of open) socket.destroy();
      plain.closeAllConnections();
      await Promise.all([server, plain].map((which) => new Promise((closed) => which.close(closed))));
    },
  };
}
