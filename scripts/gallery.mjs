/**
 * `npm run gallery`: every component and every state of the call kit from plain data, without a server or a call, in
 * every window, theme and direction, with controls for their properties and their code. `PORT` moves it.
 */
import { continueOnPinnedNode } from './pinned-node.mjs';
import { requireAppPort } from './ports.mjs';
import { runScript, say } from './progress.mjs';

await runScript(async () => {
  await continueOnPinnedNode();
  const port = Number(process.env.PORT || '5100');
  await requireAppPort(port, '127.0.0.1');
  const { startScenes } = await import('../tests/support/scene-server.ts');
  const { url } = await startScenes(port);
  say('Gallery', `${url}; Ctrl-C stops it`);
});
