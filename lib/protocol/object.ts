import { z } from 'zod/mini';

/**
 * Runs `make`, whose schemas of objects then compile no code when they parse. Zod decides that when a schema is made, by
 * a trial that breaches a page's policy without `'unsafe-eval'` (docs/cases.md, case 36); its setting is global, so it
 * is put back at once: what else the page makes with zod is as it was. `refine`, `extend` and the like make another
 * schema of the object, so that they belong inside `make`.
 */
export function interpreted<Made>(make: () => Made): Made {
  const { jitless = false } = z.config();
  z.config({ jitless: true });
  try {
    return make();
  } finally {
    z.config({ jitless });
  }
}

/** `z.object`, for every schema that a browser makes: it compiles no code. */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return interpreted(() => z.object(shape));
}
