import { servePage } from './vite-page.ts';

/**
 * Serves the gallery, whose scenes are what pictures and checks look at.
 * @param watchAt for a developer: the port, and what is saved shows at once
 */
export const startScenes = (watchAt?: number): Promise<{ url: string; stop: () => Promise<void> }> =>
  servePage({
    folder: 'gallery',
    packages: ['zod/mini', '@base-ui/react/popover', '@base-ui/react/dialog'],
    ...(watchAt !== undefined && { watchAt }),
  });
