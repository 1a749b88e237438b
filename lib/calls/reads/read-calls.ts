import 'server-only';
import {
  type CallEntry,
  type CallPersonView,
  type CallView,
  type Gone,
  isInCall,
  type Person,
} from '@parley/call-protocol';
import { and, desc, eq, inArray, isNotNull, lt } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLiveCall } from '@/db/conditions';
import { callLines, callLog, calls, conversations, members, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { readCallEntries } from '@/lib/conversations/call-entry';
import { groupHue } from '@/lib/conversations/group-hue';
import { readCallLine } from '@/lib/conversations/read-call-line';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import { personColumns, personOf } from '@/lib/users/read-users';
import type { SeenBy } from '@/lib/viewer';
import { type Call, participationOf, runningRingOf } from '../model/call';
import { raisedHands, wireStateOf } from '../model/participation';
import { loadCalls } from './load-call';
import { onceATurn } from './once-a-turn';

type Reading = Pick<Deps, 'db' | 'commits' | 'clock'>;

/** One call as this viewer may see it, or null: unknown, or they are not a member (any more). */
export async function readCall(deps: Reading, viewerId: UserId, callId: CallId): Promise<CallView | null> {
  const view = (await readCallFor(deps, callId))(viewerId);
  return view && 'gone' in view ? null : view;
}

/**
 * The same for any viewer: four queries, because a call's view holds all its members anyway. The streams that a
 * command wakes and its own answer share them.
 */
export function readCallFor(deps: Reading, callId: CallId): Promise<SeenBy<CallView | Gone>> {
  return onceATurn(deps, callId, () => readCallNow(deps, callId));
}

async function readCallNow(deps: Reading, callId: CallId): Promise<SeenBy<CallView | Gone>> {
  const rows = await deps.db
    .select(withConversation)
    .from(calls)
    .innerJoin(conversations, eq(conversations.id, calls.conversationId))
    .leftJoin(callLines, eq(callLines.callId, calls.id))
    .where(eq(calls.id, callId));
  const [row] = rows;
  const gone = row ? { id: callId, revision: row.call.revision, gone: true as const } : null;
  const [viewFor] = await readViews(deps, rows);
  return (viewerId) => viewFor?.(viewerId) ?? gone;
}

/** The same for a viewer who has just been checked; throws not_found otherwise. */
export async function requireView(deps: Reading, viewerId: UserId, callId: CallId): Promise<CallView> {
  const view = await readCall(deps, viewerId, callId);
  if (!view) throw new AppError('not_found', 'server.noSuchCall');
  return view;
}

/** Everything live in this viewer's conversations. */
export async function readLiveCalls(deps: Reading, viewerId: UserId): Promise<CallView[]> {
  const rows = await deps.db
    .select(withConversation)
    .from(calls)
    .innerJoin(conversations, eq(conversations.id, calls.conversationId))
    .leftJoin(callLines, eq(callLines.callId, calls.id))
    .innerJoin(members, and(eq(members.conversationId, calls.conversationId), eq(members.userId, viewerId)))
    .where(isLiveCall);
  return (await readViews(deps, rows)).flatMap((viewFor) => viewFor(viewerId) ?? []);
}

const withConversation = {
  call: calls,
  kind: conversations.kind,
  title: conversations.title,
  groupNumber: conversations.groupNumber,
  line: callLines.line,
};
type Row = Pick<typeof conversations.$inferSelect, 'kind' | 'title' | 'groupNumber'> & {
  call: typeof calls.$inferSelect;
  line: string | null;
};

/** Each call as any member of its conversation may see it, in the order of the rows. */
async function readViews(deps: Reading, rows: Row[]): Promise<SeenBy<CallView>[]> {
  if (rows.length === 0) return [];
  const loaded = await loadCalls(
    deps.db,
    rows.map((row) => row.call),
  );
  const people = await readPeople(
    deps.db,
    rows.map((row) => row.call.conversationId),
  );
  const lineOf = await readCallLine(
    deps.db,
    rows.map(({ call, line }) => ({ callerId: call.callerId, line })),
  );
  const byId = new Map(rows.map((row) => [row.call.id, row]));
  return loaded.map((call) => {
    const row = byId.get(call.id);
    const inConversation = people.get(call.conversationId) ?? [];
    if (!row || row.kind === 'channel') return () => null;
    const memberIds = new Set(inConversation.map(({ id }) => id));
    const hue = groupHue(row.groupNumber);
    const conversation = { id: call.conversationId, kind: row.kind, title: row.title, ...hue };
    const viewAt = makeViewOf(call, conversation, inConversation, row.call.revision);
    return (viewerId) => {
      if (!memberIds.has(viewerId)) return null;
      const line = lineOf({ callerId: call.callerId, line: row.line }, call.rings, viewerId);
      return { ...viewAt(deps.clock.now(), viewerId), line };
    };
  });
}

/** The members of these conversations, by name. */
async function readPeople(
  q: Readable,
  conversationIds: ConversationId[],
): Promise<Map<ConversationId, Person[]>> {
  const rows = await inChunks(conversationIds, (ids) =>
    q
      .select({ conversationId: members.conversationId, user: personColumns })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(inArray(members.conversationId, ids))
      .orderBy(users.displayName, users.id),
  );
  const found = Map.groupBy(rows, (row) => row.conversationId);
  return new Map([...found].map(([id, some]) => [id, some.map(({ user }) => personOf(user))]));
}

/** What all viewers see alike is the same object in each one's view, so that streams write it once. */
function makeViewOf(
  call: Call,
  conversation: CallView['conversation'],
  people: readonly Person[],
  revision: number,
): (now: number, viewerId: UserId) => Omit<CallView, 'line'> {
  let shown: { at: number; people: CallPersonView[] } | null = null;
  return (now, viewerId) => {
    const left = (deadline: number) => Math.max(0, deadline - now);
    if (shown?.at !== now) shown = { at: now, people: people.map((user) => personView(call, user, left)) };
    const ring = runningRingOf(call, viewerId);
    const part = participationOf(call, viewerId);
    return {
      id: call.id,
      conversation,
      callerId: call.callerId,
      viewerId,
      status: call.status,
      endReason: call.endReason,
      myRing: ring
        ? { id: ring.id, msLeft: left(ring.deadlineAt), isQuiet: ring.isQuiet, ringerId: ring.ringerId }
        : null,
      holderClientId: isInCall(part) ? part.clientId : null,
      people: shown.people,
      elapsedMs: call.lengthMs ?? (call.activeAt === null ? null : Math.max(0, now - call.activeAt)),
      revision,
    };
  };
}

function personView(call: Call, user: Person, left: (deadline: number) => number): CallPersonView {
  const newest = call.rings.filter((ring) => ring.userId === user.id).at(-1);
  const part = call.participations.find((one) => one.userId === user.id);
  return {
    user,
    ring: newest ? { state: newest.state, isConfirmed: newest.isConfirmed, ringerId: newest.ringerId } : null,
    participation: part
      ? {
          state: wireStateOf(part),
          // A person who moves the call to another device is heard all the while; so is one whose new device
          // never came up: the participation returned to the device that was still talking (`droppedAt`).
          isConnecting: part.state === 'connecting' && part.droppedAt === null,
          rejoinMsLeft: part.state === 'rejoining' ? left(part.deadlineAt) : null,
          handPlace: 1 + raisedHands(call.participations).findIndex((one) => one.userId === user.id) || null,
        }
      : null,
  };
}

/**
 * The viewer's call history, newest first. `before` is the key that the page before ended with.
 * Missed: neither entered nor declined, whatever the call's end.
 */
export async function readHistory(
  deps: Reading,
  viewerId: UserId,
  page: { filter: 'all' | 'missed'; before: number | null; limit: number },
): Promise<{ entries: CallEntry[]; nextBefore: number | null }> {
  const rows = await deps.db
    .select({ callId: callLog.callId, seq: callLog.seq })
    .from(callLog)
    .innerJoin(members, and(eq(members.conversationId, callLog.conversationId), eq(members.userId, viewerId)))
    .where(
      and(
        eq(callLog.userId, viewerId),
        page.filter === 'missed' ? isNotNull(callLog.missedAt) : undefined,
        page.before === null ? undefined : lt(callLog.seq, page.before),
      ),
    )
    .orderBy(desc(callLog.seq))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const entryFor = await readCallEntries(
    deps.db,
    shown.map((row) => row.callId),
  );
  return {
    entries: shown.flatMap((row) => entryFor(row.callId, viewerId) ?? []),
    nextBefore: rows.length > page.limit ? (shown.at(-1)?.seq ?? null) : null,
  };
}
