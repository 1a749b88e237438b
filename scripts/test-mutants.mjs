/**
 * `npm run test:mutants`: plants each fault of scripts/mutants.mjs in a copy of the tree and runs the
 * model and the tests of calls and streams on it. Prints which test caught each fault; a fault that no test
 * catches fails the run. `--only 3,7` plants just these.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { memoryDisk } from './memory-disk.mjs';
import { mutants } from './mutants.mjs';
import { pinnedNode, root } from './paths.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const copy = mkdtempSync(join(tmpdir(), 'parley-mutants-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));

/** The test runs that look for faults, quickest first; a caught fault is skipped by the later ones. */
const nets = [
  ['unit tests', ['--project', 'node', 'tests/calls', 'tests/realtime', 'tests/db/store']],
  ['fault cases', ['--project', 'node', 'tests/faults']],
  ['model', ['--project', 'model']],
];

async function main() {
  const startedAt = Date.now();
  await continueOnPinnedNode();
  for (const file of execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((name) => name && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

  const only = values.only?.split(',').map(Number);
  // What fails anyway would catch everything.
  const innocent = only ? [] : await caughtBy();
  if (innocent.length > 0) throw new StartError(`Without any fault these fail:\n${innocent.join('\n')}`);
  const rows = [];
  for (const [at, mutant] of mutants.entries()) {
    if (only && !only.includes(at + 1)) continue;
    const file = join(copy, mutant.file);
    const original = readFileSync(file, 'utf8');
    if (original.split(mutant.find).length !== 2)
      throw new StartError(`${mutant.file} does not hold exactly once:\n${mutant.find}`);
    writeFileSync(
      file,
      original.replace(mutant.find, () => mutant.put),
    );
    const catchers = await caughtBy();
    writeFileSync(file, original);
    rows.push({ number: at + 1, name: mutant.name, catchers });
    console.log(
      `${String(at + 1).padStart(3)}  ${catchers.length > 0 ? 'caught' : 'NOT CAUGHT'}  ${mutant.name}`,
    );
  }
  console.log('\nWho caught what');
  for (const { number, name, catchers } of rows) {
    console.log(`${String(number).padStart(3)}  ${name}`);
    for (const one of catchers.slice(0, 4)) console.log(`       ${one}`);
    if (catchers.length > 4) console.log(`       and ${catchers.length - 4} more`);
  }
  const missed = rows.filter((row) => row.catchers.length === 0).length;
  console.log(`\n${took(startedAt)} in all\n${rows.length - missed} passed, ${missed} failed`);
  process.exit(missed > 0 ? 1 : 0);
}

/** @returns {Promise<string[]>} the tests that fail in the copy as it is */
async function caughtBy() {
  for (const [net, args] of nets) {
    const report = join(copy, 'report.json');
    rmSync(report, { force: true });
    const { code, output } = await runCommand(
      pinnedNode,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        ...(args ?? []),
        '--reporter=json',
        '--testTimeout=60000',
        // One test that fails is enough, and the rest of the run would double the time.
        '--bail=1',
        `--outputFile.json=${report}`,
      ],
      {
        cwd: copy,
        quiet: true,
        env: { ...process.env, MODEL_RUNS: '400', MODEL_SEED: '1', ...memoryDisk() },
      },
    );
    if (code === 0) continue;
    if (!existsSync(report)) throw new StartError(`${net} could not run:\n${output.slice(-2000)}`);
    /** @type {{ testResults: { name: string, assertionResults: { fullName: string, status: string }[] }[] }} */
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === 'failed')
        .map((test) => `${net}: ${relative(copy, file.name)}: ${test.fullName}`),
    );
  }
  return [];
}

await runScript(main);
