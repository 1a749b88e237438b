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
import { root } from '@/scripts/paths.mjs';
import { prepareToolchain } from '@/scripts/toolchain.mjs';

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
  await run(process.execPath, [join(root, 'scripts/build-packages.mjs')], { cwd: root });
  const folder = mkdtempSync(join(tmpdir(), 'parley-consumer-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@parley'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!/^(\.|@parley$)/.test(name)) symlinkSync(join(root, 'node_modules', name), join(modules, name));
  const { node, npm, env } = await prepareToolchain();
  const archives = { 'call-kit': Buffer.of(), 'call-protocol': Buffer.of() };
  for (const [name, from] of [
    ['call-kit', 'call-ui'],
    ['call-protocol', 'protocol'],
  ] as const) {
    const packing = [npm, 'pack', '--json', '--pack-destination', folder, join(root, 'lib', from)];
    await run(node, packing, { cwd: folder, env });
    const archive = readdirSync(folder).find((file) => file.startsWith(`parley-${name}-`)) ?? '';
    mkdirSync(join(modules, '@parley', name));
    await run('tar', [
      '-xzf',
      join(folder, archive),
      '--strip-components=1',
      '-C',
      join(modules, '@parley', name),
    ]);
    archives[name] = readFileSync(join(folder, archive));
  }
  const app = { name: 'consumer', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(app));
  cpSync(join(root, 'tests/packages/consumer'), join(folder, 'src'), { recursive: true });
  return {
    folder,
    archives,
    run: (script, ...args) =>
      run(process.execPath, [join(modules, script), ...args], { cwd: folder, maxBuffer: 1e8 }).then(
        ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
        (error) => ({ code: Number(error.code) || 1, output: `${error.stdout}${error.stderr}` }),
      ),
  };
}
