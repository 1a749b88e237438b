import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { routes } from '@/lib/routes/registry';
import { root } from '@/scripts/paths.mjs';

/** The addresses that the app serves: API routes (the registry and the build) and pages, with `[names]` of their ids. */
export function builtRoutes(): { api: string[]; pages: string[] } {
  const distDir = resolve(root, process.env.PARLEY_DIST_DIR || '.next');
  const manifest: unknown = JSON.parse(
    readFileSync(join(distDir, 'server', 'app-paths-manifest.json'), 'utf8'),
  );
  const addresses = Object.keys(manifest as object).map((key) => key.replaceAll(/\/\([^)]+\)/g, ''));
  return {
    api: [
      ...new Set(Object.keys(routes).map((name) => name.slice(name.indexOf(' ') + 1))),
      ...addresses.filter((key) => key.startsWith('/api/')).map((key) => key.replace(/\/route$/, '')),
    ],
    pages: addresses
      .filter((key) => key.endsWith('/page'))
      .map((key) => key.replace(/\/page$/, '') || '/')
      // Next's own: what is shown for an address that does not exist or a crash.
      .filter((key) => !key.startsWith('/_')),
  };
}

/** The address, or a body, with real ids instead of `[names]`; a name without an id stays. */
export function withIds<T>(shape: T, ids: Record<string, string>): T {
  const text = JSON.stringify(shape ?? null).replaceAll(/\[(\.*\w+)\]/g, (all, name) => ids[name] ?? all);
  return shape === undefined ? shape : JSON.parse(text);
}
