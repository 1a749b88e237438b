import Database from 'better-sqlite3';

const kinds = ['all', 'get', 'run'] as const;
/** Every statement of every connection runs through these three; BEGIN and COMMIT do not. */
const statements: Record<(typeof kinds)[number], (...values: unknown[]) => unknown> = Object.getPrototypeOf(
  new Database(':memory:').prepare('select 1'),
);

export type Statements = { reads: string[]; writes: string[] };

/** Runs `work` and returns the SQL of every statement that ran meanwhile, on any connection. */
export async function countStatements(work: () => Promise<void>): Promise<Statements> {
  const counted: Statements = { reads: [], writes: [] };
  const originals = kinds.map((kind) => statements[kind]);
  kinds.forEach((kind, at) => {
    statements[kind] = function (this: { source: string }, ...values: unknown[]) {
      counted[/^\s*(select|with)/i.test(this.source) ? 'reads' : 'writes'].push(this.source);
      return originals[at]?.apply(this, values);
    };
  });
  try {
    await work();
    await idle(() => counted.reads.length + counted.writes.length);
  } finally {
    kinds.forEach((kind, at) => {
      const original = originals[at];
      if (original) statements[kind] = original;
    });
  }
  return counted;
}

/** What streams read takes a turn of the event loop each: over once none ran in this many. */
const quietTurns = 300;

async function idle(count: () => number): Promise<void> {
  let last = count();
  for (let quiet = 0; quiet < quietTurns; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (count() === last) continue;
    last = count();
    quiet = 0;
  }
}
