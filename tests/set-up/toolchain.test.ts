import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { prepareToolchain } from '../../scripts/toolchain.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-tools-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
});

/** The machine's npm, which downloads whatever it is asked for in this way. */
function npmThat(pack: string) {
  const npm = join(folder, 'npm-cli.js');
  writeFileSync(
    npm,
    `const [, , command, , , into] = process.argv;
     if (command === 'config') console.log('cache=${folder}\\nglobalconfig=${folder}/npmrc');
     else { ${pack} }`,
  );
  vi.stubEnv('npm_execpath', npm);
  vi.stubEnv('npm_node_execpath', process.execPath);
}

describe('the tools that install the dependencies', () => {
  test('are not used when they are not what was pinned', async () => {
    npmThat(`require('node:fs').writeFileSync(into + '/node.tgz', 'something else')`);
    await expect(prepareToolchain(join(folder, 'tools'))).rejects.toThrow(/not what is pinned/);
    expect(readdirSync(join(folder, 'tools'))).toEqual([]);
  });

  test('that can’t be downloaded are named, with npm’s own words', async () => {
    npmThat(`console.error('npm ERR! 404'); process.exit(1)`);
    await expect(prepareToolchain(join(folder, 'tools'))).rejects.toThrow(
      /could not download node-[\s\S]*registry[\s\S]*npm ERR! 404/,
    );
  });
});
