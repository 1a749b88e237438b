import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';

/** A notification as the desktop was asked to show it: the key of each button by its words. */
type Shown = { id: number; title: string; buttons: Record<string, string> };

const script = fileURLToPath(new URL('./notification-bus.py', import.meta.url));

/**
 * A desktop that shows notifications with buttons, for browsers that are started with `address` in
 * `DBUS_SESSION_BUS_ADDRESS`: a press is one that browsers trust.
 *
 * @returns null where this machine lacks D-Bus, or Python's packages for it
 */
export async function startNotificationBus() {
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await firstLine(bus);
  if (!address) return null;
  const server = spawn('/usr/bin/python3', [script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: address },
  });
  const shown: Shown[] = [];
  const lines = createInterface({ input: server.stdout });
  lines.on('line', (line) => void shown.push(JSON.parse(line)));
  const close = async () => {
    for (const one of [server, bus]) {
      if (one.exitCode !== null || one.signalCode !== null) continue;
      one.kill();
      await once(one, 'exit');
    }
  };
  // Its first line says that it has the name; without the packages it ends.
  const isUp = await Promise.race([
    once(lines, 'line').then(() => true),
    Promise.race([once(server, 'exit'), once(server, 'error')]).then(() => false),
  ]);
  if (!isUp) {
    await close();
    return null;
  }
  return {
    address,
    close,
    /** Presses a button of the newest notification, once it shows. */
    async press(button: string): Promise<void> {
      await expect.poll(() => Object.keys(shown.at(-1)?.buttons ?? {})).toContain(button);
      const { id, buttons } = shown.at(-1) ?? { id: 0, buttons: {} as Shown['buttons'] };
      server.stdin.write(`${JSON.stringify({ id, key: buttons[button] })}\n`);
      shown.push({ id: 0, title: '', buttons: {} });
    },
  };
}

/** Null: it could not be started. */
async function firstLine(process: ReturnType<typeof spawn>): Promise<string | null> {
  const { stdout } = process;
  if (!stdout) return null;
  const [line] = await Promise.race([
    once(createInterface({ input: stdout }), 'line'),
    once(process, 'error').then(() => [null]),
    once(process, 'exit').then(() => [null]),
  ]);
  return line;
}
