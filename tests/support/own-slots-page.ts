import type { RunningApp } from './running-app';
import { servePage } from './vite-page';

/** Serves the app of `tests/own-slots` with this Parley behind it; the cookie of a sign-in there counts here, too. */
export const serveOwnSlots = (app: Pick<RunningApp, 'url'>) =>
  servePage({
    folder: 'tests/own-slots',
    packages: [
      'zod/mini',
      '@base-ui/react/popover',
      '@base-ui/react/dialog',
      'livekit-client',
      '@livekit/components-react',
      '@livekit/track-processors',
      '@mediapipe/tasks-vision',
    ],
    proxy: { '/api': app.url },
  });
