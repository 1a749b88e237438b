import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { calls, rings, users } from '@/db/schema';
import { healCalls } from '@/lib/calls/heal-calls';
import { planStart } from '@/lib/calls/plan-start';
import { readHistory } from '@/lib/calls/read-calls';
import { readConversation, readConversations } from '@/lib/conversations/read-conversations';
import { readMe } from '@/lib/users/read-me';
import { requireMessageable } from '@/lib/users/read-messageable';
import { readUsers } from '@/lib/users/read-users';
import { type BigCommunity, communityWith, days, years } from '../support/big-community';

type Read = (community: BigCommunity) => Promise<unknown>;

const inOneGo = 9;

/** The quickest of several goes, in milliseconds: what else the machine does only ever adds. */
async function costOf(work: () => Promise<unknown>): Promise<number> {
  const costs: number[] = [];
  for (let n = 0; n < inOneGo; n += 1) {
    const since = performance.now();
    await work();
    costs.push(performance.now() - since);
  }
  return Math.min(...costs);
}

/** Those of the reads that cost more than so many times what they are compared with. */
async function costlier(
  than: number,
  reads: Record<string, Read>,
  community: BigCommunity,
  compared: (read: Read) => Promise<number>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, read] of Object.entries(reads)) {
    const times = (await costOf(() => read(community))) / (await compared(read));
    if (times > than) found.push(`${name}: ${times.toFixed(1)} times`);
  }
  return found;
}

const person = ({ people }: BigCommunity, number: number) => {
  const found = people.at(number);
  if (!found) throw new Error(`there is no person ${number}`);
  return found.userId;
};
const startInGroup: Read = (all) =>
  planStart(all.app.deps.db, person(all, -1), { conversationId: all.group }, all.app.clock.now());

it('what everybody does all day costs after years about what it costs after days', async () => {
  const [old, young] = [await communityWith(years), await communityWith(days)];
  const reads: Record<string, Read> = {
    'a message in a channel, for each stream': (all) =>
      readConversation(all.app.deps, person(all, 5), all.general),
    'the same for somebody who never reads there': (all) =>
      readConversation(all.app.deps, person(all, -1), all.general),
    'all conversations': (all) => readConversations(all.app.deps, person(all, 5)),
    'somebody came or went, for each stream': (all) =>
      readUsers(all.app.deps, person(all, 5), [person(all, 6)]),
    'may I write to them?': (all) => requireMessageable(all.app.deps.db, person(all, 0), [person(all, 1)]),
    'may I call 24 people?': startInGroup,
    'what is healed with every tick': (all) => healCalls(all.app.deps),
  };
  expect(await costlier(5, reads, old, (read) => costOf(() => read(young)))).toEqual([]);
  const unread = async (all: BigCommunity) =>
    (await readConversation(all.app.deps, person(all, -1), all.general))?.unreadCount;
  expect([await unread(young), await unread(old)]).toEqual([199, 1000]);
}, 60_000);

it('what looks through one’s own past costs as much as that past, and not its square', async () => {
  const all = await communityWith(years);
  const { db } = all.app.deps;
  await all.app.deps.transaction(async (tx) => {
    await tx.update(users).set({ messagePermission: 'known', callPermission: 'known' });
  });
  const page = { before: null, limit: 50 };
  const reads: Record<string, Read> = {
    'how many calls were missed': () => readMe(db, person(all, 0)),
    'the Calls page': () => readHistory(all.app.deps, person(all, 0), { filter: 'all', ...page }),
    'missed calls': () => readHistory(all.app.deps, person(all, 0), { filter: 'missed', ...page }),
    'does somebody who wrote a lot know me?': () => requireMessageable(db, person(all, 1), [person(all, 0)]),
    'do 24 people know me?': startInGroup,
  };
  const past = () =>
    db
      .select()
      .from(rings)
      .innerJoin(calls, eq(calls.id, rings.callId))
      .where(eq(rings.userId, person(all, 0)));
  expect(await costlier(10, reads, all, () => costOf(past))).toEqual([]);
}, 60_000);
