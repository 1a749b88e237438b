import 'server-only';
import type { CallView, Gone } from '@parley/call-protocol';
import type { Deps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';

type Read = Promise<SeenBy<CallView | Gone>>;
type Turn = { commits: number | null; reads: Map<CallId, Read> };

/** By database. */
const turns = new WeakMap<object, Turn>();

/**
 * Reads a call once for all who ask for it in one turn of the event loop. Where this process alone commits (SQLite), the
 * read begins at once, and who asks after a commit causes another. Where other servers commit, too, it begins when the
 * turn has ended: what another server committed before the read was asked for is in it.
 */
export function onceATurn(
  { db, commits }: Pick<Deps, 'db' | 'commits'>,
  callId: CallId,
  read: () => Read,
): Read {
  const turn = turnOf(db, commits());
  const begun = turn.reads.get(callId);
  if (begun) return begun;
  const reading = turn.commits === null ? afterTurn().then(read) : read();
  turn.reads.set(callId, reading);
  return reading;
}

/** By then the turn is not found any more. */
const afterTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

function turnOf(db: object, commits: number | null): Turn {
  const current = turns.get(db);
  if (current?.commits === commits) return current;
  const turn: Turn = { commits, reads: new Map() };
  turns.set(db, turn);
  setImmediate(() => {
    if (turns.get(db) === turn) turns.delete(db);
  });
  return turn;
}
