import { makeClientId } from '../client-id';
import type { SentCallView } from '../sent-views';
import { check, type Listener, listen, refusalOf, type TransportSide } from './side';

/**
 * Two people of the transport under test who may call each other, in no call, each with a feed of their own. Every rule
 * asks for two new ones.
 *
 * @example
 * const openTwoPeople = async (): Promise<TransportPair> => ({ alice, bob, close: () => server.stop() });
 */
export type TransportPair = { alice: TransportSide; bob: TransportSide; close(): void | Promise<void> };

/**
 * One promise that a transport keeps; `run` throws `RuleBroken` where it does not.
 *
 * @example
 * const broken = async ({ name, run }: TransportRule) => run(openTwoPeople).then(() => null, () => name);
 */
export type TransportRule = { name: string; run(open: () => Promise<TransportPair>): Promise<void> };

type Scene = TransportPair & { alices: Listener; bobs: Listener };

/** A rule about two people whose feeds are open. */
function rule(name: string, play: (scene: Scene) => Promise<void>): TransportRule {
  return {
    name,
    async run(open) {
      const pair = await open();
      const [alices, bobs] = [listen(pair.alice.events), listen(pair.bob.events)];
      try {
        await Promise.all([alices.first('snapshot'), bobs.first('snapshot')]);
        await play({ ...pair, alices, bobs });
      } finally {
        alices.stop();
        bobs.stop();
        pair.alice.events.close();
        pair.bob.events.close();
        await pair.close();
      }
    },
  };
}

const tab = () => ({ clientId: makeClientId() });
const isIn = (view: SentCallView, userId: string) =>
  view.people.some(({ user, participation }) => user.id === userId && participation?.state === 'joined');

/** Alice calls Bob; resolves once Bob's feed has brought the ring. */
async function ring({ alice, bob, bobs }: Scene, requestId = makeClientId()) {
  const hers = tab();
  const { call } = await alice.client.start({ userId: bob.userId }, { ...hers, requestId });
  const incoming = await bobs.until(call.id, 'the ring', (view) => view.myRing !== null);
  return { call, incoming, requestId, hers };
}

/** Alice's feed says that Bob's window is shown. */
const untilConfirmed = ({ alices, bob }: Scene, callId: string) =>
  alices.until(callId, 'the confirmed ring', (view) =>
    view.people.some(({ user, ring: shown }) => user.id === bob.userId && shown?.isConfirmed === true),
  );

/** Alice and Bob are in one call, as both feeds say. */
async function talk(scene: Scene) {
  const { call } = await ring(scene);
  const accepted = await scene.bob.client.accept(call.id, tab());
  await scene.alices.until(call.id, 'that Bob is in', (view) => isIn(view, scene.bob.userId));
  return accepted.call;
}

const isEnded = (view: SentCallView) => view.status === 'ended';

/**
 * What the kit relies on, as tests for a `CallClient` and an `EventFeed` of your own. They need no test runner.
 *
 * @example
 * for (const { name, run } of transportRules) test(name, () => run(openTwoPeople));
 */
export const transportRules: readonly TransportRule[] = [
  rule('the first event of a listener is a snapshot of what is live', async ({ alice, alices }) => {
    const [first] = alices.events;
    check(first?.type === 'snapshot', `the first event is "${first?.type}"`);
    check(first.data.me.id === alice.userId, 'the snapshot is of another person');
    check(first.data.calls.length === 0, 'the snapshot has calls before there is one');
  }),
  rule(
    'a listener that comes late starts with a snapshot that has the call, and its time aged',
    async (scene) => {
      const { call, incoming } = await ring(scene);
      const late = listen(scene.bob.events);
      try {
        const { data } = await late.first('snapshot');
        check(late.events[0]?.type === 'snapshot', 'something came before the snapshot');
        const msLeft = data.calls.find(({ id }) => id === call.id)?.myRing?.msLeft ?? Infinity;
        check(
          msLeft <= (incoming.myRing?.msLeft ?? 0),
          'the ring has more time left than before, or is missing',
        );
      } finally {
        late.stop();
      }
    },
  ),
  rule('a start answers with the call and a way to its media, and rings the callee', async (scene) => {
    const { alice, bob, bobs } = scene;
    const { call, media } = await alice.client.start({ userId: bob.userId }, tab());
    check(call.viewerId === alice.userId, 'the view is not the caller’s own');
    check(call.status === 'ringing', `the call is ${call.status}`);
    check(media.url !== '' && media.token !== '', 'url and token are missing');
    const { myRing, viewerId } = await bobs.until(call.id, 'the ring', (view) => view.myRing !== null);
    check(viewerId === bob.userId, 'the ring is in another person’s view');
    check(myRing?.ringerId === alice.userId, 'the ring does not say who rings');
    check((myRing?.msLeft ?? 0) > 0, 'no time is left to answer');
  }),
  rule('a start that is sent again with its requestId is the same call', async ({ alice, bob }) => {
    const options = { ...tab(), requestId: makeClientId() };
    const first = await alice.client.start({ userId: bob.userId }, options);
    const again = await alice.client.start({ userId: bob.userId }, options);
    check(again.call.id === first.call.id, 'the second start made a second call');
  }),
  rule('two who call each other at once are in one call', async ({ alice, bob, alices }) => {
    const [hers, his] = await Promise.all([
      alice.client.start({ userId: bob.userId }, tab()),
      bob.client.start({ userId: alice.userId }, tab()),
    ]);
    check(hers.call.id === his.call.id, 'there are two calls');
    await alices.until(hers.call.id, 'that both are in', (view) =>
      [alice, bob].every(({ userId }) => isIn(view, userId)),
    );
  }),
  rule('that a ring is shown reaches the caller, and may be said twice', async (scene) => {
    const { call } = await ring(scene);
    await scene.bob.client.confirmRinging(call.id);
    await scene.bob.client.confirmRinging(call.id);
    await untilConfirmed(scene, call.id);
  }),
  rule(
    'a client that preconnects confirms with it, and listens to no caller who may be heard',
    async (scene) => {
      const { preconnect } = scene.bob.client;
      if (!preconnect) return;
      const { call } = await ring(scene);
      const pass = await preconnect.call(scene.bob.client, call.id, tab());
      check(pass === null, 'there is a pass into a call whose caller does not send silence');
      await untilConfirmed(scene, call.id);
    },
  ),
  rule('an accept makes the call active for both, and lets the same tab in again', async (scene) => {
    const { call } = await ring(scene);
    const his = tab();
    const first = await scene.bob.client.accept(call.id, his);
    check(first.call.status === 'active', `the call is ${first.call.status}`);
    await scene.alices.until(call.id, 'that the call is active', (view) => view.status === 'active');
    const again = await scene.bob.client.accept(call.id, his);
    check(again.call.id === call.id && again.media.token !== '', 'the second accept is another call');
  }),
  rule('a decline ends a direct call as declined, and declining again changes nothing', async (scene) => {
    const { call } = await ring(scene);
    await scene.bob.client.decline(call.id);
    const ended = await scene.alices.until(call.id, 'the end', isEnded);
    check(ended.endReason === 'declined', `the call ended as ${ended.endReason}`);
    await scene.bob.client.decline(call.id);
    const { revision } = await scene.alice.client.get(call.id);
    check(revision === ended.revision, 'the second decline changed the call');
  }),
  rule('a call that has ended is entered by no one, and the refusal brings its final view', async (scene) => {
    const { call } = await ring(scene);
    await scene.bob.client.decline(call.id);
    const refused = await refusalOf(scene.bob.client.accept(call.id, tab()), 'accepting an ended call');
    check(refused.code === 'call_ended', `the code is ${refused.code}`);
    check(refused.call?.status === 'ended', 'the final view is missing');
  }),
  rule('when one participant remains the call ends, and leaving it again succeeds', async (scene) => {
    const { id, holderClientId } = await talk(scene);
    const his = { clientId: holderClientId ?? '' };
    await scene.bob.client.leave(id, his);
    const ended = await scene.alices.until(id, 'the end', isEnded);
    check(ended.endReason === 'completed', `the call ended as ${ended.endReason}`);
    await scene.bob.client.leave(id, his);
  }),
  rule('a start is taken back by its requestId, and the ring ends', async (scene) => {
    const { call, requestId, hers } = await ring(scene);
    await scene.alice.client.leaveByRequest(requestId, hers);
    const ended = await scene.bobs.until(call.id, 'the end', isEnded);
    check(ended.endReason === 'cancelled', `the call ended as ${ended.endReason}`);
    check(ended.myRing === null, 'the ring goes on');
  }),
  rule('a call moves to the tab that asks for it, if it moves at all', async (scene) => {
    if (!scene.bob.client.move) return;
    const { id } = await talk(scene);
    const other = tab();
    const moved = await scene.bob.client.move(id, other);
    check(moved.call.holderClientId === other.clientId, 'another tab holds the call');
    await scene.bobs.until(
      id,
      'that the other tab holds it',
      (view) => view.holderClientId === other.clientId,
    );
  }),
  rule('the revision of a view grows with every change', async (scene) => {
    const { id, holderClientId } = await talk(scene);
    await scene.bob.client.leave(id, { clientId: holderClientId ?? '' });
    await scene.alices.until(id, 'the end', isEnded);
    const revisions = scene.alices.viewsOf(id).map(({ status, revision }) => ({ status, revision }));
    const newest = Math.max(...revisions.map(({ revision }) => revision));
    check(
      revisions.every(({ status, revision }) => (status === 'ended') === (revision === newest)),
      `the ended view is not the newest: ${JSON.stringify(revisions)}`,
    );
  }),
  rule('every refusal is a CallError with words', async ({ alice }) => {
    for (const command of [
      () => alice.client.get('call_unknown'),
      () => alice.client.accept('call_unknown', tab()),
      () => alice.client.start({ userId: 'user_unknown' }, tab()),
    ]) {
      const { title } = await refusalOf(command(), 'asking for what is not there');
      check(title !== '', 'the refusal has no words');
    }
  }),
  rule('nothing comes after a listener has stopped', async (scene) => {
    scene.bobs.stop();
    const before = scene.bobs.events.length;
    const { call } = await scene.alice.client.start({ userId: scene.bob.userId }, tab());
    const other = listen(scene.bob.events);
    await other.until(call.id, 'the ring', (view) => view.myRing !== null);
    other.stop();
    check(scene.bobs.events.length === before, 'an event came');
  }),
];
