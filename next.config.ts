import type { NextConfig } from 'next';

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  serverExternalPackages: ['better-sqlite3', 'pino', 'sharp'],
  // `npm test` and `npm run check` check types; checking them again makes every first start longer.
  typescript: { ignoreBuildErrors: true },
  // Tests build into a folder of their own, so that a running `npm start` keeps its build.
  distDir: process.env.PARLEY_DIST_DIR ?? '.next',
};

export default config;
