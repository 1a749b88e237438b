import 'server-only';
import type { UserView } from '@parley/call-protocol';
import type { RouteDeps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { lookAt } from '@/lib/realtime/look-at';
import { readUsers } from '@/lib/users/read-users';
import type { Viewer } from '@/lib/viewer';

/** `people=named` in a query asks for the people whom the page names, because the client does not know everyone. */
type Wish = { people?: 'named' | undefined };

/** Returns the page, with the people whom it names if they are wished for: no name is missing when it is shown. */
export async function withPeople<Page extends object>(
  deps: RouteDeps,
  viewer: Viewer,
  { people }: Wish,
  page: Page,
  named: (page: Page) => readonly string[],
): Promise<Page & { people?: UserView[] }> {
  if (people === undefined) return page;
  const ids = [...new Set(named(page))] as UserId[];
  await lookAt(deps, viewer, ids);
  return { ...page, people: await readUsers(deps, viewer.userId, ids) };
}
