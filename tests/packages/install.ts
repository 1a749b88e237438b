import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installPackedPackages } from '@/scripts/packed-packages.mjs';
import { root } from '@/scripts/paths.mjs';

const run = promisify(execFile);

/** An app of its own in a folder of its own, with the packed packages in its `node_modules`. */
export type Consumer = {
  folder: string;
  /** The archives as the registry would get them. */
  archives: Record<'call-kit' | 'call-protocol', Buffer>;
  /** Runs a program of `node_modules` there; its output, also when it fails. */
  run(script: string, ...args: string[]): Promise<{ code: number; output: string }>;
};

/** Builds both packages, packs them, and unpacks them into an app that has every other package of this repository. */
export async function makeConsumer(): Promise<Consumer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-consumer-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!/^(\.|@parley$)/.test(name)) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  const paths = await installPackedPackages({ into: folder, modules });
  const app = { name: 'consumer', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(app));
  cpSync(join(root, 'tests/packages/consumer'), join(folder, 'src'), { recursive: true });
  return {
    folder,
    archives: {
      'call-kit': readFileSync(paths['call-kit']),
      'call-protocol': readFileSync(paths['call-protocol']),
    },
    run: (script, ...args) =>
      run(process.execPath, [join(modules, script), ...args], { cwd: folder, maxBuffer: 1e8 }).then(
        ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
        (error) => ({ code: Number(error.code) || 1, output: `${error.stdout}${error.stderr}` }),
      ),
  };
}
