import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { z } from 'zod';

let compiled = 0;
const Original = Function;
globalThis.Function = new Proxy(Original, {
  construct(target, words) {
    compiled += 1;
    return new target(...words);
  },
});
const globals = Object.keys(globalThis).sort().join();
const { App } = await import('./app');
await Promise.all([
  import('@parley/call-kit/headless'),
  import('@parley/call-kit/in-call'),
  import('@parley/call-kit/livekit'),
  import('@parley/call-kit/settings'),
]);
const self = { id: 'u1', username: 'ada', displayName: 'Ada', avatarUrl: null };
const html = renderToString(
  <StrictMode>
    <App self={self} userId="u2" />
  </StrictMode>,
);
process.stdout.write(
  JSON.stringify({
    html,
    hasNewGlobals: Object.keys(globalThis).sort().join() !== globals,
    compiled,
    isZodInterpreting: z.config().jitless ?? false,
  }),
);
