import 'server-only';
import { eq } from 'drizzle-orm';
import type { ConversationId, MessageId, UserId } from '@/lib/ids';
import { nextGroupNumber } from './group-number';
import { nextJoinNumber } from './join-number';
import { lockRows } from './lock-rows';
import { community, conversations, members, messages, users } from './schema';
import type { Store, Tx } from './store';

const password = 'parley-demo';
const names = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin'] as const;
type Name = (typeof names)[number];

/** Minutes ago, who, what. */
type Line = [number, Name, string];

const day = 24 * 60;
const places: {
  kind: 'channel' | 'direct' | 'group';
  title: string | null;
  people: readonly Name[];
  lines: Line[];
}[] = [
  {
    kind: 'channel',
    title: 'general',
    people: names,
    lines: [
      [2 * day + 95, 'Carol', 'Morning all. The kettle in the workshop works again.'],
      [2 * day + 88, 'Dave', 'You are a hero. What was it?'],
      [2 * day + 86, 'Carol', 'A blown fuse. Took longer to find the spare than to change it.'],
      [day + 200, 'Alice', 'Reminder: the roof people come on Thursday, so no parking in the yard.'],
      [day + 190, 'Bob', 'Thanks, I’ll move the van on Wednesday night.'],
      [180, 'Erin', 'Soup is on at noon if anyone is around.'],
      [174, 'Dave', 'Count me in!'],
    ],
  },
  {
    kind: 'channel',
    title: 'random',
    people: names,
    lines: [
      [day + 420, 'Dave', 'Does anyone else hear the gulls at five in the morning?'],
      [day + 411, 'Bob', 'Five? Lucky. Mine start at four.'],
      [day + 405, 'Alice', 'I’ve started to tell them apart. It isn’t helping.'],
      [320, 'Carol', 'Found this for the pinboard: https://www.openstreetmap.org'],
    ],
  },
  {
    kind: 'direct',
    title: null,
    people: ['Alice', 'Bob'],
    lines: [
      [day + 65, 'Bob', 'Did you get the plans for the shelves?'],
      [day + 61, 'Alice', 'Yes, they look great. One question about the middle board.'],
      [day + 60, 'Bob', 'The one that’s too long? I know, I know.'],
      [50, 'Alice', 'Easier to explain out loud. Call later?'],
      [46, 'Bob', 'Sure, I’m at my desk all afternoon.'],
    ],
  },
  {
    kind: 'group',
    title: 'Weekend trip',
    people: ['Alice', 'Bob', 'Carol'],
    lines: [
      [day + 130, 'Alice', 'Saturday looks dry. Still up for the lighthouse?'],
      [day + 122, 'Carol', 'Yes! I can bring sandwiches.'],
      [day + 118, 'Bob', 'I’ll drive. Leave at nine?'],
      [70, 'Carol', 'Nine is fine. Pick me up at the bakery?'],
    ],
  },
];

/**
 * Fills an empty database with the demo community (README, "Try it"), in one transaction. A database that
 * has users stays as it is.
 */
export async function makeDemoCommunity(
  store: Store,
  clock: { wallNow(): number },
  hashPassword: (password: string) => Promise<string>,
): Promise<void> {
  if ((await store.db.$count(users)) > 0) return;
  const hashes = await Promise.all(names.map(() => hashPassword(password)));
  await store.transaction(async (tx) => {
    await lockRows(tx, { community: true });
    if ((await tx.$count(users)) > 0) return;
    const wallNow = clock.wallNow();
    await tx
      .update(community)
      .set({ name: 'Harbour Street', registration: 'open' })
      .where(eq(community.id, 1));
    const ids = await makePeople(tx, wallNow, hashes);
    for (const place of places) await makePlace(tx, wallNow, place, ids);
  });
}

async function makePeople(tx: Tx, wallNow: number, hashes: string[]): Promise<Map<Name, UserId>> {
  const ids = new Map<Name, UserId>();
  for (const [index, name] of names.entries()) {
    const id = newId('user') as UserId;
    const permission = name === 'Erin' ? 'nobody' : 'everyone';
    await tx.insert(users).values({
      id,
      username: name.toLowerCase(),
      displayName: name,
      passwordHash: hashes[index] ?? '',
      messagePermission: permission,
      callPermission: permission,
      isOperator: name === 'Alice',
      joinNumber: await nextJoinNumber(tx),
      createdAt: wallNow,
    });
    ids.set(name, id);
  }
  return ids;
}

async function makePlace(
  tx: Tx,
  wallNow: number,
  place: (typeof places)[number],
  ids: ReadonlyMap<Name, UserId>,
): Promise<void> {
  const idOf = (name: Name): UserId => {
    const id = ids.get(name);
    if (!id) throw new Error(`no demo person is called ${name}`);
    return id;
  };
  const id = newId('conv') as ConversationId;
  const people = place.people.map(idOf);
  const at = (minutesAgo: number) => wallNow - minutesAgo * 60_000;
  await tx.insert(conversations).values({
    id,
    kind: place.kind,
    title: place.title,
    creatorId: place.kind === 'channel' ? null : idOf(place.people[0] ?? 'Alice'),
    directPair: place.kind === 'direct' ? [...people].sort().join(':') : null,
    groupNumber: place.kind === 'group' ? await nextGroupNumber(tx) : null,
    createdAt: at(place.lines[0]?.[0] ?? 0),
    lastActivityAt: at(place.lines.at(-1)?.[0] ?? 0),
  });
  let lastReadSeq = 0;
  for (const [minutesAgo, name, text] of place.lines) {
    const [row] = await tx
      .insert(messages)
      .values({
        id: newId('msg') as MessageId,
        conversationId: id,
        authorId: idOf(name),
        text,
        sentAt: at(minutesAgo),
      })
      .returning({ seq: messages.seq });
    lastReadSeq = row?.seq ?? lastReadSeq;
  }
  await tx
    .insert(members)
    .values(people.map((userId) => ({ conversationId: id, userId, joinedAt: wallNow, lastReadSeq })));
}

/** The same shape as lib/ids makes; `db` may import no code of other modules. */
function newId(prefix: string): string {
  return `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`;
}
