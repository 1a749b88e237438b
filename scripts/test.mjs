/**
 * `npm test`: everything, from a fresh clone, in an order in which what fails quickly fails first.
 * `--quick` (npm run check): types, lint, unit tests. `--static` (npm run validate): no tests.
 * `--smoke`: one file of each part, which shows that a machine has everything.
 * All quick parts run whatever fails; no slow part begins after a failure.
 */
import { parseArgs } from 'node:util';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError, say, took } from './progress.mjs';

/** @typedef {import('./test-parts.mjs').Part} Part */

const { values: flags } = parseArgs({
  options: { static: { type: 'boolean' }, quick: { type: 'boolean' }, smoke: { type: 'boolean' } },
});

async function main() {
  const startedAt = Date.now();
  console.log('');
  await continueOnPinnedNode();
  const { staticParts, unitParts, slowParts } = await import('./test-parts.mjs');
  const { provideTestNeeds } = await import('./test-needs.mjs');
  const isSmoke = flags.smoke === true;
  const first = [...staticParts, ...unitParts(isSmoke)];
  const quick = (flags.static ? staticParts : first).map((part) => [part]);
  const slow = flags.static || flags.quick ? [] : slowParts(isSmoke, await provideTestNeeds());

  const total = { passed: 0, failed: 0 };
  /** @type {[string, string][]} */
  const lines = [];
  const runStep = async (/** @type {Part[]} */ parts) => {
    lines.push(...(await Promise.all(parts.map((part) => runPart(part, total)))));
  };
  // All of the quick ones, whatever fails; of the slow ones none after a failure.
  for (const parts of quick) await runStep(parts);
  for (const parts of slow) if (total.failed === 0) await runStep(parts);
  const notRun = [...quick, ...slow].flat().slice(lines.length);
  console.log('');
  for (const [name, words] of lines) say(name, words);
  if (notRun.length > 0) say('not run', notRun.map((part) => part.name).join(', '));
  console.log(`\n${took(startedAt)} in all\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 ? 1 : 0);
}

/** @returns {Promise<[string, string]>} the line for the summary */
async function runPart(/** @type {Part} */ part, /** @type {{ passed: number, failed: number }} */ total) {
  console.log(`\n── ${part.name}`);
  const startedAt = Date.now();
  const result = await part.run().catch((error) => {
    console.error(error instanceof StartError ? error.message : error);
    return false;
  });
  if (typeof result === 'string') {
    console.log(result);
    return [part.name, `not run: ${result}`];
  }
  // A check is not a test: it counts only when it fails.
  const count = typeof result === 'boolean' ? { passed: 0, failed: result ? 0 : 1 } : result;
  total.passed += count.passed;
  total.failed += count.failed;
  const words =
    typeof result === 'boolean'
      ? result
        ? 'fine'
        : 'failed'
      : `${count.passed} passed, ${count.failed} not`;
  return [part.name, `${words}, ${took(startedAt)}`];
}

await runScript(main);
