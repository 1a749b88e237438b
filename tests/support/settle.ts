import pg from 'pg';
import { isPostgres } from '@/db/dialect';

type Method = (...given: unknown[]) => unknown;

/** What PostgreSQL has been asked for and has not answered yet, on any connection. */
let underWay = 0;

function watch(prototype: object, name: 'connect' | 'query'): void {
  const original: Method = Reflect.get(prototype, name);
  const watched: Method = function (this: unknown, ...given) {
    const result = original.apply(this, given);
    if (result instanceof Promise) {
      underWay += 1;
      const end = () => {
        underWay -= 1;
      };
      result.then(end, end);
    }
    return result;
  };
  Reflect.set(prototype, name, watched);
}

if (isPostgres) {
  watch(pg.Client.prototype, 'query');
  watch(pg.Pool.prototype, 'query');
  watch(pg.Pool.prototype, 'connect');
}

/**
 * Lets what was begun go on for so many turns of the event loop, in each of which SQLite reads once. PostgreSQL
 * answers over a socket: turns in which it works do not count.
 */
export async function settle(turns: number): Promise<void> {
  for (let done = 0; done < turns; done = underWay === 0 ? done + 1 : 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
