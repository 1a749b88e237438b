/** `npm run test:model -- --runs 20000 --seed 7`: the model-based test with more runs, or one seed again. */
import { parseArgs } from 'node:util';
import { memoryDisk } from './memory-disk.mjs';
import { pinnedNode } from './paths.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript } from './progress.mjs';
import { runCommand } from './run-command.mjs';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });

await runScript(async () => {
  await continueOnPinnedNode();
  const { code } = await runCommand(
    pinnedNode,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'model'],
    {
      env: {
        ...process.env,
        ...memoryDisk(),
        ...(values.runs && { MODEL_RUNS: values.runs }),
        ...(values.seed && { MODEL_SEED: values.seed }),
      },
    },
  );
  process.exit(code);
});
