import 'server-only';
import { and, inArray, isNull } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { verifyPassword } from './password';

/** The same as in db/demo-community.ts; every start of the demo prints it. */
const demoNames = ['alice', 'bob', 'carol', 'dave', 'erin'];
const demoPassword = 'parley-demo';

/**
 * Refuses a public start while a demo account still has its published password.
 *
 * @throws an Error that names the setting
 */
export async function refuseDemoAccounts(deps: Pick<Deps, 'db' | 'env'>): Promise<void> {
  if (deps.env.isDemo) return;
  const found = await deps.db
    .select({ username: users.username, passwordHash: users.passwordHash })
    .from(users)
    .where(and(inArray(users.username, demoNames), isNull(users.suspendedAt)));
  for (const { username, passwordHash } of found) {
    if (!(await verifyPassword(demoPassword, passwordHash))) continue;
    throw new Error(
      `These settings are not safe in public:\n  PARLEY_DATA_DIR: this folder holds the demo community, and ${username}'s password is known to everybody; use another folder`,
    );
  }
}
