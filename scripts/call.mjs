/** `npm run call -- CALL_ID`: one call's story, for an operator who wants to know why it went as it did. */
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError } from './progress.mjs';
import { readSettings } from './settings.mjs';

async function main() {
  const settings = readSettings({ ...process.env, PARLEY_URL: '' });
  const [callId] = process.argv.slice(2);
  if (!callId) throw new StartError('Which call? npm run call -- call_…');
  await continueOnPinnedNode();
  const { callStory } = await import('./call-story.mjs');
  console.log(`\n${await callStory(settings, callId)}`);
}

await runScript(main);
