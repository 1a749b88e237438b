import type { NextConfig } from 'next';

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // The default mode puts styles that only a call needs into every page's first load (5 KiB gzip).
  // 20 kB is the cost of a request for styles: a conversation loads four files.
  experimental: { cssChunking: { type: 'graph', requestCost: 20_000 } },
  serverExternalPackages: ['@redis/client', 'better-sqlite3', 'pg', 'pino', 'sharp'],
  // `npm test` and `npm run check` check types; checking them again makes every first start longer.
  typescript: { ignoreBuildErrors: true },
  // Tests build into a folder of their own, so that a running `npm start` keeps its build.
  distDir: process.env.PARLEY_DIST_DIR ?? '.next',
};

export default config;
