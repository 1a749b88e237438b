import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { createViteServer } from 'vitest/node';
import { sourceAliases } from './source-aliases.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export type VitePage = {
  /** The folder of the repository that holds the page's `index.html`. */
  folder: string;
  /** Packages that the page imports, besides React: one that Vite finds only later would load the page anew. */
  packages: string[];
  /** Where requests to these paths go instead, as in `{ '/api': 'http://localhost:3000' }`. */
  proxy?: Record<string, string>;
  /** For a developer: at this port, and what is saved shows at once. Default: any free one, and the files as they are. */
  watchAt?: number;
};

/** Serves a page of this repository, built from the sources as they are, at an address of its own. */
export async function servePage({ folder, packages, proxy = {}, watchAt }: VitePage): Promise<{
  url: string;
  stop: () => Promise<void>;
}> {
  const server = await createViteServer({
    configFile: false,
    root: `${root}${folder}`,
    cacheDir: `${root}node_modules/.vite-${folder.replace('/', '-')}`,
    logLevel: 'error',
    plugins: [react()],
    resolve: { alias: sourceAliases },
    optimizeDeps: {
      include: ['react', 'react-dom', 'react-dom/client', ...packages],
      // Each icon is a module of its own, which Vite would find one by one.
      exclude: ['lucide-react'],
    },
    server: {
      host: '127.0.0.1',
      port: watchAt ?? 0,
      strictPort: true,
      ...(watchAt === undefined && { hmr: false, watch: null }),
      fs: { allow: [root] },
      proxy,
    },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error(`${folder} has no address`);
  return { url: `http://localhost:${address.port}`, stop: () => server.close() };
}
