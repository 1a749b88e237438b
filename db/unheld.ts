import 'server-only';
import { isPostgres } from './dialect';

type Lockable = { for(strength: 'update', config: { skipLocked: boolean }): unknown };

/**
 * Inside a statement that changes rows: finds and locks those that no other transaction is changing, so that it waits for
 * none and none waits for it in a circle. On SQLite transactions run one at a time, and the query is as it was.
 */
export function unheld<Q extends object>(query: Q): Q {
  if (isPostgres) (query as unknown as Lockable).for('update', { skipLocked: true });
  return query;
}
