/** `npm run migrations [-- --name NAME]`: the migrations of both databases that the schemas in the code lack. */
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError } from './progress.mjs';

async function main() {
  await continueOnPinnedNode();
  const { makeMigrations } = await import('./migrations.mjs');
  const { isDone, output } = await makeMigrations({ args: process.argv.slice(2) });
  if (!isDone) throw new StartError(`drizzle-kit failed:\n${output}`);
  console.log(output);
}

await runScript(main);
