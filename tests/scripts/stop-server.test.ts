import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { stopServer } from '@/scripts/stop-server.mjs';

it('a stop does not wait for the connections that a web server keeps, once their streams are closed', async () => {
  let endStream: (() => void) | undefined;
  // Longer than the test may take.
  const server = createServer({ keepAliveTimeout: 60_000 }, (_, answer) => {
    answer.write('a line');
    endStream = () => answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    get({ host: '127.0.0.1', port, agent }, (answer) => answer.once('data', () => resolve()).resume());
  });
  const stopped = stopServer(server);
  endStream?.();
  await stopped;
  expect(server.listening).toBe(false);
  agent.destroy();
});
