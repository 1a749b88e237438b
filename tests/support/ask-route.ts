import { join } from 'node:path';
import { root } from '@/scripts/paths.mjs';
import { ask, type TestApp } from './make-test-deps';

/** A method and an address with `[names]` of its ids: `POST /api/calls/[callId]/accept`. */
export type RouteName = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /api/${string}`;

type Viewer = Parameters<typeof ask>[2];
type Given = Omit<NonNullable<Parameters<typeof ask>[3]>, 'method'>;

/** Asks the route of this name, whichever file defines it, as one of our own pages would. */
export async function askRoute(
  app: TestApp,
  name: RouteName,
  viewer: Viewer,
  given: Given = {},
): Promise<Response> {
  const [method = '', path = ''] = name.split(' ');
  const { [method]: route } = await import(join(root, 'app', path, 'route.ts'));
  return ask(app, route, viewer, { ...given, method });
}
