import { routes } from '@/lib/routes/registry';
import { ask, type TestApp } from './make-test-deps';

/** A method and an address with `[names]` of its ids: `POST /api/calls/[callId]/accept`. */
export type RouteName = keyof typeof routes;

type Viewer = Parameters<typeof ask>[2];
type Given = Omit<NonNullable<Parameters<typeof ask>[3]>, 'method'>;

/** Asks the route of this name as one of our own pages would. */
export async function askRoute(
  app: TestApp,
  name: RouteName,
  viewer: Viewer,
  given: Given = {},
): Promise<Response> {
  return ask(app, routes[name], viewer, { ...given, method: name.slice(0, name.indexOf(' ')) });
}
