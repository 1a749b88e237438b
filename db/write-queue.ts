import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type Database from 'better-sqlite3';

/** Milliseconds until a transaction fails as busy while another process holds the write lock. */
const busyTimeoutMs = 5000;
/** SQLite's busy wait blocks the event loop, so it is short and repeated. */
const busyPauseMs = 25;
/** So many transactions at most are committed together, so that requests and rings get in between. */
const mostTogether = 16;

type Outcome = { isDone: true; result: unknown } | { isDone: false; error: unknown };
type Job = { run: () => Promise<unknown>; until: number; settle: (outcome: Outcome) => void };

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs transactions one at a time. Those that are asked for in one turn of the event loop share a commit, because
 * waiting for the disk takes longer than most of them: each is a savepoint, so that one that throws leaves nothing,
 * and all of them are answered once the commit is on the disk.
 *
 * @param isBusy true for the error of a lock that another process holds
 */
export function makeWriteQueue(connection: Database.Database, isBusy: (error: unknown) => boolean) {
  const waiting: Job[] = [];
  let running: Promise<void> | null = null;
  let commits = 0;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await nextTurn();
      await commitTogether(waiting.splice(0, mostTogether));
    }
    running = null;
  }

  async function commitTogether(jobs: readonly Job[]): Promise<void> {
    const outcomes: Outcome[] = [];
    try {
      // Still open where a rollback has failed.
      rollBack();
      // They share one deadline, so that all of them fail by it.
      await begin(Math.min(...jobs.map(({ until }) => until)));
      for (const { run } of jobs) outcomes.push(await asSavepoint(run));
      connection.exec('COMMIT');
      commits += 1;
    } catch (error) {
      try {
        rollBack();
      } catch {
        // The next ones try it again; these are answered with what failed first.
      }
      // What threw by itself says why; all others were lost with the transaction.
      for (const at of jobs.keys())
        if (outcomes[at]?.isDone !== false) outcomes[at] = { isDone: false, error };
    }
    for (const [at, { settle }] of jobs.entries()) {
      const outcome = outcomes[at];
      if (outcome) settle(outcome);
    }
  }

  function rollBack(): void {
    if (connection.inTransaction) connection.exec('ROLLBACK');
  }

  /** @throws what made SQLite roll back the whole transaction: a full disk, say */
  async function asSavepoint(run: () => Promise<unknown>): Promise<Outcome> {
    connection.exec('SAVEPOINT one');
    try {
      const result = await run();
      connection.exec('RELEASE one');
      return { isDone: true, result };
    } catch (error) {
      if (!connection.inTransaction) throw error;
      connection.exec('ROLLBACK TO one');
      connection.exec('RELEASE one');
      return { isDone: false, error };
    }
  }

  /** Takes the write lock. Reads and streams continue while another process (a backup tool, a shell) holds it. */
  async function begin(until: number): Promise<void> {
    for (;;) {
      try {
        connection.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() >= until) throw error;
        await new Promise((resolve) => setTimeout(resolve, busyPauseMs));
      }
    }
  }

  return {
    /** Resolves with what `work` returned once it is committed. */
    add<T>(work: () => Promise<T>): Promise<T> {
      return new Promise<T>((succeed, fail) => {
        waiting.push({
          run: AsyncLocalStorage.bind(work),
          until: performance.now() + busyTimeoutMs,
          settle: (outcome) => (outcome.isDone ? succeed(outcome.result as T) : fail(outcome.error)),
        });
        running ??= drain();
      });
    },
    commits: () => commits,
    /** Resolves once nothing waits. */
    async whenIdle(): Promise<void> {
      while (running !== null) await running;
    },
  };
}
