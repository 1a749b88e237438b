import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { watchIdleConnections } from '@/lib/http/idle-connections';

it('a stop does not wait for the connections that a web server keeps, once their streams are closed', async () => {
  const endIdleConnections = watchIdleConnections();
  let endStream: (() => void) | undefined;
  const server = createServer({ keepAliveTimeout: 5000 }, (_, answer) => {
    answer.write('a line');
    endStream = () => answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const agent = new Agent({ keepAlive: true });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => {
    get({ host: '127.0.0.1', port, agent }, (answer) => answer.once('data', () => resolve()).resume());
  });

  const since = performance.now();
  const closed = new Promise((resolve) => server.close(resolve));
  endStream?.();
  endIdleConnections();
  await closed;
  expect(performance.now() - since).toBeLessThan(2000);
  agent.destroy();
});
