import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { gardenServer } from './server/garden-server.ts';

const { PARLEY_ADDRESS = 'http://127.0.0.1:3100', GARDEN_SECRET = '', GARDEN_PORT = '5200' } = process.env;

export default defineConfig({
  plugins: [react(), gardenServer({ parleyAddress: PARLEY_ADDRESS, secret: GARDEN_SECRET })],
  server: { host: '127.0.0.1', port: Number(GARDEN_PORT), strictPort: true },
  preview: { host: '127.0.0.1', port: Number(GARDEN_PORT), strictPort: true },
  optimizeDeps: {
    // The kit finds its models beside its modules, which only stay where they are outside Vite's bundle …
    exclude: ['@parley/call-kit'],
    // … and Vite looks for the kit's packages before the page is there instead of loading it anew in a call.
    include: [
      'react/jsx-runtime',
      '@livekit/components-react',
      'livekit-client',
      '@parley/call-kit > @base-ui/react/dialog',
      '@parley/call-kit > @base-ui/react/popover',
      '@parley/call-kit > @livekit/track-processors',
      '@parley/call-kit > @parley/call-protocol',
      '@parley/call-kit > zod/mini',
    ],
  },
});
