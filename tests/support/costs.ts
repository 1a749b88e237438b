import { isPostgres } from '@/db/dialect';
import type { Viewer } from '@/lib/viewer';
import { countStatements } from './count-statements';
import type { TestApp } from './make-test-deps';

/** What something costs the server; times are not in it, so that no machine and no load changes it. */
export type Cost = {
  reads: number;
  writes: number;
  /** Of PostgreSQL. */
  locks: number;
  /** Of PostgreSQL, each of which is two statements more. */
  transactions: number;
  /** What LiveKit was asked, in the order of the requests. */
  livekit: string[];
  /** Bytes of its own answer. */
  answer: number;
  /** Bytes that all open event streams were sent for it. */
  streams: number;
};

/** Measures what requests cost a server whose open streams are those opened here. */
export function costMeter(app: TestApp) {
  let streamBytes = 0;

  /** Opens the event stream of a browser. */
  function listen(viewer: Viewer): void {
    app.deps.fanOut.open(viewer, {
      send: ({ type, data }) => {
        streamBytes += Buffer.byteLength(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
      },
      close: () => undefined,
    });
  }

  /** What `work`, and what follows from it, costs; the bytes of what it returns are its answer's. */
  async function costOf(work: () => Promise<Response | undefined>): Promise<Cost> {
    const [streamsBefore, asked] = [streamBytes, app.media.calls.length];
    let answer = 0;
    const { reads, writes, locks, transactions } = await countStatements(async () => {
      const response = await work();
      if (!response) return;
      answer = (await response.arrayBuffer()).byteLength;
      if (!response.ok) throw new Error(`refused with ${response.status}`);
    });
    // A token is signed here, without LiveKit.
    const livekit = app.media.calls.slice(asked).map(({ method }) => method);
    return {
      reads: reads.length,
      writes: writes.length,
      locks: locks.length,
      transactions,
      livekit: livekit.filter((method) => method !== 'token'),
      answer,
      streams: streamBytes - streamsBefore,
    };
  }

  return { listen, costOf };
}

/** Costs as lines to read and compare. */
export function costTable(costs: Record<string, Cost>): string[] {
  const line = (what: string, ...values: (string | number)[]) =>
    [what.padEnd(20), ...values.map((value) => String(value).padStart(7))].join(' ').trimEnd();
  const counted = (requests: string[]) =>
    Object.entries(Object.groupBy(requests, (method) => method))
      .map(([method, all = []]) => (all.length === 1 ? method : `${all.length} ${method}`))
      .join(', ');
  return [
    line('', 'reads', 'writes', ...(isPostgres ? ['locks', 'commits'] : ['answer', 'streams']), 'LiveKit'),
    ...Object.entries(costs).map(([what, cost]) => {
      const more = isPostgres ? [cost.locks, cost.transactions] : [cost.answer, cost.streams];
      return line(what, cost.reads, cost.writes, ...more, counted(cost.livekit));
    }),
  ];
}
