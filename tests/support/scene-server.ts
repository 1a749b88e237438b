import { servePage } from './vite-page.ts';

/** Serves the scenes of `tests/scenes` at an address of its own. */
export const startScenes = (): Promise<{ url: string; stop: () => Promise<void> }> =>
  servePage({
    folder: 'scenes',
    packages: ['lucide-react', 'zod', '@base-ui/react/popover', '@base-ui/react/dialog'],
  });
