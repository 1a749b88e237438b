import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { createViteServer } from 'vitest/node';
import { sourceAliases } from './source-aliases.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Serves the scenes of `tests/scenes` at an address of its own. */
export async function startScenes(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = await createViteServer({
    configFile: false,
    root: `${root}tests/scenes`,
    cacheDir: `${root}node_modules/.vite-scenes`,
    logLevel: 'error',
    plugins: [react()],
    resolve: { alias: sourceAliases },
    optimizeDeps: {
      include: [
        'react',
        'react-dom/client',
        'lucide-react',
        'zod',
        '@base-ui/react/popover',
        '@base-ui/react/dialog',
      ],
    },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null, fs: { allow: [root] } },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('the scenes have no address');
  return { url: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}
