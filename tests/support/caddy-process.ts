import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The port on loopback at which a site is served, and the servers behind it. */
export type Site = { port: number; upstreams: readonly string[]; alivePath: string };

const readyWithinMs = 15_000;

/**
 * Runs Caddy as docs/scale.md has it, without TLS: each request goes to the next server in turn, and not to one
 * that has died or stands still.
 *
 * @throws with its last words when it does not start
 */
export async function startCaddy(
  binary: string,
  sites: readonly Site[],
): Promise<{ close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-caddy-'));
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${sites.map(blockOf).join('')}`);
  const child = spawn(binary, ['run', '--config', file, '--adapter', 'caddyfile'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.on('exit', killWithUs);
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk).slice(-4000);
  });
  const close = async () => {
    process.off('exit', killWithUs);
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + readyWithinMs;
  while (!(await Promise.all(sites.map(({ port }) => isOpen(port)))).every(Boolean)) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close();
      throw new Error(`Caddy did not start:\n${words}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { close };
}

const blockOf = ({ port, upstreams, alivePath }: Site) => `http://:${port} {
	bind 127.0.0.1
	reverse_proxy ${upstreams.join(' ')} {
		lb_policy round_robin
		lb_try_duration 5s
		lb_try_interval 50ms
		fail_duration 2s
		health_uri ${alivePath}
		health_interval 1s
		health_timeout 2s
	}
}
`;

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
