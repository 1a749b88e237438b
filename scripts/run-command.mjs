import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';

/** @type {import('node:child_process').ChildProcess | undefined} */
let running;

/**
 * Ends the command that runs at this moment, so that a job that is stopped leaves nothing behind.
 * @param {NodeJS.Signals} [signal]
 */
export function endRunningCommand(signal = 'SIGTERM') {
  running?.kill(signal);
}

/**
 * Runs a command in the project's folder and resolves with its exit code (127 when it is missing).
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, quiet?: boolean, onLine?: (line: string) => void }} [options]
 *   quiet: its output is collected instead of shown; onLine is then called with each line of it
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runCommand(command, args, { env = process.env, cwd = root, quiet = false, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => (output += chunk));
      if (stream && onLine) createInterface({ input: stream }).on('line', onLine);
    }
    child.on('error', (error) => resolve({ code: 127, output: String(error) }));
    child.on('close', (code) => {
      if (running === child) running = undefined;
      resolve({ code: code ?? 1, output });
    });
  });
}
