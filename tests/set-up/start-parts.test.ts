import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { freeLivekitPorts, freePort } from '../../scripts/free-ports.mjs';
import { findLivekitBinary } from '../../scripts/livekit-binary.mjs';
import { loopbackConfig } from '../../scripts/livekit-config.mjs';
import { requireAppPort, requireLivekitPorts } from '../../scripts/ports.mjs';
import { readSecrets } from '../../scripts/secrets.mjs';
import { countPlaywright, countVitest } from '../../scripts/test-report.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-set-up-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets', () => {
  test('are made once, stay the same, are long enough and readable by their owner only', () => {
    const first = readSecrets(join(folder, 'data'));
    expect(readSecrets(join(folder, 'data'))).toEqual(first);
    expect(first.parleySecret.length).toBeGreaterThanOrEqual(32);
    expect(first.livekitSecret.length).toBeGreaterThanOrEqual(32);
    expect(statSync(join(folder, 'data', 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('of two data folders have nothing in common', () => {
    const [one, other] = [readSecrets(join(folder, 'one')), readSecrets(join(folder, 'other'))];
    expect(Object.values(one).filter((value) => Object.values(other).includes(value))).toEqual([]);
  });
});

describe('a taken port', () => {
  test('of the app is named with the variable that changes it', async () => {
    const port = await freePort(4700);
    const server = createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    await expect(requireAppPort(port, '127.0.0.1')).rejects.toThrow(new RegExp(`${port}.*PORT`));
    await new Promise((resolve) => server.close(resolve));
    await requireAppPort(port, '127.0.0.1');
  });

  test('is not what is wrong when the address is not this machine’s', async () => {
    const port = await freePort(4700);
    const refused = requireAppPort(port, '203.0.113.77');
    await expect(refused).rejects.toThrow(/HOSTNAME is "203.0.113.77".*EADDRNOTAVAIL/);
  });

  test('of LiveKit is named, whichever of the three it is', async () => {
    const port = await freeLivekitPorts(8700);
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(port + 2, '127.0.0.1', resolve));
    await expect(requireLivekitPorts(port)).rejects.toThrow(new RegExp(`${port + 2}/udp.*LIVEKIT_PORT`));
    await new Promise<void>((resolve) => socket.close(resolve));
    await requireLivekitPorts(port);
  });
});

describe("the embedded LiveKit server's configuration", () => {
  test('listens on this machine only, asks no third party, and never opens a room by itself', async () => {
    const config = parse(
      await loopbackConfig({ port: 9000, key: 'ours', webhookUrl: 'http://127.0.0.1:1/hook' }),
    );
    expect(config).toMatchObject({
      port: 9000,
      bind_addresses: ['127.0.0.1'],
      rtc: { tcp_port: 9001, udp_port: 9002, node_ip: '127.0.0.1', use_external_ip: false },
      room: { auto_create: false },
      webhook: { api_key: 'ours', urls: ['http://127.0.0.1:1/hook'] },
    });
    expect(config.rtc.stun_servers.every((server: string) => server.startsWith('127.0.0.1:'))).toBe(true);
    expect(config).not.toHaveProperty('keys');
  });

  test('lets a room outlive the longest ring and the longest rejoin time', async () => {
    const { room } = parse(readFileSync(new URL('../../livekit.yaml', import.meta.url), 'utf8'));
    expect(room.empty_timeout).toBeGreaterThan(120);
    expect(room.departure_timeout).toBeGreaterThan(60);
  });
});

describe('finding LiveKit', () => {
  test('takes LIVEKIT_SERVER_BIN first, then the PATH, then the cache', async () => {
    const program = (name: string) => {
      writeFileSync(join(folder, name), '', { mode: 0o755 });
      return join(folder, name);
    };
    const find = (env: Record<string, string>) =>
      findLivekitBinary({ cacheDir: folder, env: { NODE_ENV: 'test', ...env }, canFetch: false });
    await expect(find({ PATH: '' })).rejects.toThrow('npm start fetches one');
    const cached = program('livekit-server-1.13.5');
    expect(await find({ PATH: '' })).toBe(cached);
    const onPath = program('livekit-server');
    expect(await find({ PATH: `/nowhere:${folder}` })).toBe(onPath);
    const named = program('mine');
    expect(await find({ PATH: folder, LIVEKIT_SERVER_BIN: named })).toBe(named);
    await expect(find({ PATH: folder, LIVEKIT_SERVER_BIN: join(folder, 'gone') })).rejects.toThrow(
      'LIVEKIT_SERVER_BIN',
    );
  });
});

describe('the closing line of a test run', () => {
  const report = (content: object) => {
    writeFileSync(join(folder, 'report.json'), JSON.stringify(content));
    return join(folder, 'report.json');
  };
  const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  const playwright = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 };

  test('counts what passed', () => {
    expect(countVitest(report(vitest), 0)).toEqual({ passed: 5, failed: 0 });
    expect(countPlaywright(report({ stats: playwright }), 0)).toEqual({ passed: 5, failed: 0 });
  });

  test('takes a skipped, unfinished or flaky test for a failed one', () => {
    expect(countVitest(report({ ...vitest, numPendingTests: 1, numTodoTests: 1 }), 0).failed).toBe(2);
    expect(countPlaywright(report({ stats: { ...playwright, skipped: 1, flaky: 1 } }), 0).failed).toBe(2);
  });

  test('takes a run that tested nothing, crashed or left no report for a failed one', () => {
    expect(countVitest(report({ ...vitest, numPassedTests: 0 }), 0).failed).toBe(1);
    expect(countVitest(report(vitest), 1).failed).toBe(1);
    expect(countPlaywright(join(folder, 'missing.json'), 0)).toEqual({ passed: 0, failed: 1 });
  });
});
