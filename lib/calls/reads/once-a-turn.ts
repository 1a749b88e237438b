import 'server-only';
import type { CallView, Gone } from '@parley/call-protocol';
import type { Deps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';

type Read = Promise<SeenBy<CallView | Gone>>;
type Turn = { commits: number; reads: Map<CallId, Read> };

/** By database. */
const turns = new WeakMap<object, Turn>();

/**
 * Reads a call, unless somewhere else the same read began in this turn of the event loop and nothing was committed
 * since: then it returns that one. Nothing outlives the turn, because other processes commit, too.
 */
export function onceATurn(
  { db, commits }: Pick<Deps, 'db' | 'commits'>,
  callId: CallId,
  read: () => Read,
): Read {
  const turn = turnOf(db, commits());
  const begun = turn.reads.get(callId);
  if (begun) return begun;
  const reading = read();
  turn.reads.set(callId, reading);
  return reading;
}

function turnOf(db: object, commits: number): Turn {
  const current = turns.get(db);
  if (current?.commits === commits) return current;
  const turn: Turn = { commits, reads: new Map() };
  turns.set(db, turn);
  setImmediate(() => {
    if (turns.get(db) === turn) turns.delete(db);
  });
  return turn;
}
