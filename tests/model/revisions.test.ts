import type { CallEntry, CallView, ConversationView, MessageView } from '@parley/call-protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { calls, conversations, messages, users } from '@/db/schema';
import type { UserId } from '@/lib/ids';
import { anyOtherStep, appointPeople, type MoreStep, takeAlso } from './more-steps';
import { anyStep, type Step, take } from './steps';
import { World } from './world';

let world: World;
beforeAll(async () => {
  // A store that locks refuses to raise what its transaction has not named; these locks lock nothing.
  world = await World.make(async () => undefined);
});
afterAll(() => world.close());

/** What each viewer last read of each thing, as it was shown, with the revision; and the calls that have ended. */
type Known = { views: Map<string, { shown: string; revision: number }>; ended: Set<string> };
type Seen = { id: string; revision: number };

it('a view’s revision never falls, grows with every change that the view shows, and is raised under its locks', async () => {
  const step = fc.oneof(anyStep, anyOtherStep);
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), run), {
    numRuns: Math.max(10, Number(process.env.MODEL_RUNS ?? 5000) / 50),
  });
}, 3_600_000);

async function run(steps: (Step | MoreStep)[]): Promise<void> {
  await world.reset();
  await appointPeople(world);
  const known: Known = { views: new Map(), ended: new Set() };
  await compare(known);
  for (const step of steps) {
    if ('also' in step) await takeAlso(world, step);
    else {
      // A process takes longer to start than people have changes in between.
      if (step.do === 'restart') world.clock.ms += 10_000;
      await take(world, step);
    }
    await compare(known);
  }
}

/** Compares what every viewer may read now with what they read before. */
async function compare({ views, ended }: Known): Promise<void> {
  const { db, readers } = world.deps;
  const people = (await db.select({ id: users.id }).from(users)).map(({ id }) => id);
  const note = (viewerId: UserId, thing: Seen | null, show: (thing: never) => unknown) => {
    if (!thing) return;
    const shown = JSON.stringify('gone' in thing ? null : show({ ...thing, revision: 0 } as never));
    const before = views.get(`${viewerId} ${thing.id}`);
    views.set(`${viewerId} ${thing.id}`, { shown, revision: thing.revision });
    if (!before) return;
    const change = `${viewerId} sees ${before.shown} (${before.revision}) become ${shown} (${thing.revision})`;
    expect(thing.revision, change).toBeGreaterThanOrEqual(before.revision);
    if (shown !== before.shown) expect(thing.revision, change).toBeGreaterThan(before.revision);
  };
  const whole = (thing: Seen) => thing;
  for (const { id } of await db.select({ id: conversations.id }).from(conversations)) {
    const seenBy = await readers.conversation(id, people);
    for (const viewerId of people) note(viewerId, seenBy(viewerId), ofConversation);
  }
  for (const { id, status } of await db.select().from(calls)) {
    if (ended.has(id)) continue;
    const seenBy = await readers.call(id);
    for (const viewerId of people) note(viewerId, seenBy(viewerId), ofCall);
    // From here on it stays as it is; who joins or leaves its group is no change of the call.
    if (status === 'ended') ended.add(id);
  }
  for (const { id } of await db.select({ id: messages.id }).from(messages)) {
    const seenBy = await readers.message(id, people);
    for (const viewerId of people) note(viewerId, seenBy(viewerId), ofMessage);
  }
  const mine = await readers.me(people);
  const others = await readers.users(people, people);
  for (const viewerId of people) {
    const me = mine(viewerId);
    note(viewerId, me && { ...me, id: 'me' }, whole);
    for (const id of people) note(viewerId, others(viewerId)?.(id) ?? null, whole);
  }
}

/** Who is in a running call is said by the call's own view. */
function ofEntry(entry: CallEntry | null): unknown {
  return entry?.outcome === 'live' ? { ...entry, personIds: [] } : entry;
}

const ofMessage = (view: MessageView) => ({ ...view, callEntry: ofEntry(view.callEntry) });

function ofConversation({ lastMessage, ...view }: ConversationView): unknown {
  return {
    ...view,
    lastMessage: lastMessage && { ...lastMessage, callEntry: ofEntry(lastMessage.callEntry) },
  };
}

/** Without what time alone changes, and without names: a person's own view says these. */
function ofCall({ elapsedMs: _, myRing, people, ...view }: CallView): unknown {
  return {
    ...view,
    myRing: myRing && { ...myRing, msLeft: 0 },
    people: people.map(({ user, participation, ...person }) => ({
      ...person,
      userId: user.id,
      participation: participation && { ...participation, rejoinMsLeft: participation.rejoinMsLeft !== null },
    })),
  };
}
