import 'server-only';
import { and, eq } from 'drizzle-orm';
import { leases } from '@/db/schema';
import type { Store } from '@/db/store';
import { type Lease, LeaseLost } from '@/lib/lease';
import type { Log } from '@/lib/log';
import type { SharedClock } from './shared-clock';

/** One lease for all jobs. */
const name = 'jobs';
/** No process has it: its last holder stopped in order. */
const vacant = '';

/** How often each process looks. */
const lookEveryMs = 500;
const beatEveryMs = 1000;
/** A holder whose beats do not get through begins no job after this; others take over a moment later. */
const holderPatienceMs = 2500;
/** Without a beat for this long a process that has the community's time takes over … */
const patienceMs = 3000;
/** … and one that has just begun, and would go by its own wall clock, only where no such process is left. */
const newcomersPatienceMs = 4000;
/** The same where the last holder stopped in order: others take the vacant lease with their next look. */
const newcomersPatienceWithVacantMs = 1200;
/** Two looks further apart than this say nothing about what was between them. */
const blindMs = 1500;

export type DatabaseLease = Lease & {
  /** Looks once; called twice a second, and by tests. Never rejects. */
  look(): Promise<void>;
  /** Resolves when this process holds the lease or follows its holder; then looks until `stop`. */
  start(): Promise<void>;
  /** Leaves the lease to the next, who need not wait. */
  stop(): Promise<void>;
  /** What the holder says to the other processes besides its beats; null in all others. */
  word(): { term: number; at: number } | null;
};

type Options = { store: Pick<Store, 'db' | 'transaction'>; holder: string; clock: SharedClock; log: Log };

/**
 * The lease as a row of the database: its term grows with each take-over, its time with each beat of the holder.
 * No clock decides whether a holder is dead, because clocks differ and step: a process takes over when it has itself
 * watched the row for 3 s without a change. It needs the database only, so that it also works while Redis is away.
 */
export function makeDatabaseLease({ store, holder, clock, log }: Options): DatabaseLease {
  /** The term that this process holds, and when its last beat began. */
  let held: { term: number; beatAt: number } | null = null;
  /** The row as last read, since when it has been the same, and when it was read. */
  let seen: { term: number; at: number; since: number; readAt: number } | null = null;
  let isFailing = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function take(term: number, startedAt: number, atLeast: number): void {
    held = { term, beatAt: startedAt };
    seen = null;
    clock.lead(term, atLeast);
    log.info({ term }, 'this server does the jobs now');
  }

  function lose(): void {
    log.warn({ term: held?.term }, 'another server does the jobs now');
    held = null;
    seen = null;
  }

  async function beat(startedAt: number, own: { term: number; beatAt: number }): Promise<void> {
    if (startedAt - own.beatAt < beatEveryMs - lookEveryMs / 2) return;
    const rows = await store.transaction((tx) =>
      tx
        .update(leases)
        .set({ at: clock.now() })
        .where(and(eq(leases.name, name), eq(leases.holder, holder), eq(leases.term, own.term)))
        .returning({ term: leases.term }),
    );
    if (rows.length === 0) lose();
    else if (held === own) own.beatAt = startedAt;
  }

  async function watch(startedAt: number): Promise<void> {
    const [row] = await store.db.select().from(leases).where(eq(leases.name, name));
    if (!row) return begin(startedAt);
    const before = seen;
    const isFresh = before !== null && (before.term !== row.term || before.at !== row.at);
    const isBlind = before === null || startedAt - before.readAt > blindMs;
    const since = isFresh || isBlind ? startedAt : before.since;
    seen = { term: row.term, at: row.at, since, readAt: startedAt };
    const isVacant = row.holder === vacant;
    // Between two looks in a row: what has changed since longer ago is too old to go by.
    if (isFresh && !isBlind && !isVacant) clock.follow(row.term, row.at);
    if (startedAt - since >= patienceWith(isVacant)) await takeOver(row, startedAt);
  }

  function patienceWith(isVacant: boolean): number {
    if (clock.isShared()) return isVacant ? 0 : patienceMs;
    return isVacant ? newcomersPatienceWithVacantMs : newcomersPatienceMs;
  }

  async function begin(startedAt: number): Promise<void> {
    const rows = await store.transaction((tx) =>
      tx
        .insert(leases)
        .values({ name, holder, term: 1, at: clock.now() })
        .onConflictDoNothing()
        .returning({ term: leases.term }),
    );
    if (rows.length > 0) take(1, startedAt, 0);
  }

  /** Of several processes that try at once one finds the row as it was. */
  async function takeOver({ term, at }: typeof leases.$inferSelect, startedAt: number): Promise<void> {
    const rows = await store.transaction((tx) =>
      tx
        .update(leases)
        .set({ holder, term: term + 1, at: Math.max(at + 1, clock.now()) })
        .where(and(eq(leases.name, name), eq(leases.term, term), eq(leases.at, at)))
        .returning({ term: leases.term }),
    );
    if (rows.length > 0) take(term + 1, startedAt, at + 1);
  }

  /** The look that is under way, or the last one. */
  let looking: Promise<void> = Promise.resolve();
  function look(): Promise<void> {
    looking = lookOnce();
    return looking;
  }

  async function lookOnce(): Promise<void> {
    const startedAt = clock.monotonic();
    try {
      if (held) await beat(startedAt, held);
      else await watch(startedAt);
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, 'the lease could not be looked at; the next look tries again');
      isFailing = true;
    }
  }

  function lookAgain(): void {
    if (isStopped) return;
    timer = setTimeout(() => void look().then(lookAgain), lookEveryMs);
    timer.unref();
  }

  return {
    isHeld: () => held !== null && clock.monotonic() - held.beatAt < holderPatienceMs,
    async require(tx) {
      const [row] = await tx
        .select({ term: leases.term, holder: leases.holder })
        .from(leases)
        .where(eq(leases.name, name));
      const isOurs = row !== undefined && row.holder === holder && row.term === held?.term;
      if (isOurs) return;
      if (held) lose();
      throw new LeaseLost();
    },
    look,
    async start() {
      await look();
      while (!held && !clock.isShared()) {
        await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
        await look();
      }
      lookAgain();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      // It may be about to take the lease over.
      await looking;
      const own = held;
      held = null;
      if (!own) return;
      await store.transaction((tx) =>
        tx
          .update(leases)
          .set({ holder: vacant, at: clock.now() })
          .where(and(eq(leases.name, name), eq(leases.holder, holder), eq(leases.term, own.term)))
          .returning({ term: leases.term }),
      );
    },
    word: () => (held ? { term: held.term, at: clock.now() } : null),
  };
}
