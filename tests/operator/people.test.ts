import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { operatorPeopleSchema, operatorViewSchema, type StreamEvent } from '@parley/call-protocol';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { community } from '@/db/schema';
import { hashPassword } from '@/lib/auth/password';
import { authorize } from '@/lib/auth/sign-in';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { readCall } from '@/lib/calls/reads/read-calls';
import { readMessage } from '@/lib/conversations/read-messages';
import { type ClientId, callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import { changePicture } from '@/lib/users/picture';
import type { Viewer } from '@/lib/viewer';
import { askRoute } from '../support/ask-route';
import { ask, makeTestApp, type TestApp } from '../support/make-test-deps';
import { waitFor } from '../support/wait-for';

const resetPassword = routes['POST /api/operator/people/[userId]/password-link'];
const remove = routes['DELETE /api/operator/people/[userId]'];
const suspend = routes['PUT /api/operator/people/[userId]/suspension'];
const unsuspend = routes['DELETE /api/operator/people/[userId]/suspension'];
const getOperator = routes['GET /api/operator'];
const choosePassword = routes['POST /api/passwords'];
const register = routes['POST /api/users'];

const tab = (name: string) => `${name}-tab-1` as ClientId;

/** An operator, and Alice and Bob in a direct call. */
async function inACall() {
  const app = await makeTestApp();
  const operator = await app.makeUser('Olga', { isOperator: true });
  const alice = await app.makeUser('Alice', { passwordHash: await hashPassword('alice knows it') });
  const bob = await app.makeUser('Bob');
  const direct = await app.makeConversation('direct', [alice, bob]);
  const started = await startCall(app.deps, alice, {
    target: { conversationId: direct },
    requestId: null,
    clientId: tab('alice'),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(started.call.id);
  await enterCall(app.deps, bob, { callId, clientId: tab('bob'), switchFrom: null });
  return { app, operator, alice, bob, direct, callId };
}

/** An open stream of this viewer that has its snapshot: what it was sent, and whether it is closed. */
async function listen(app: TestApp, viewer: Viewer) {
  const events: StreamEvent[] = [];
  const stream = { events, isClosed: false };
  app.deps.fanOut.open(viewer, {
    send: (event) => events.push(event),
    close: () => {
      stream.isClosed = true;
    },
  });
  await waitFor('the snapshot', () => events.length > 0, 60_000);
  return stream;
}

const act = (app: TestApp, route: typeof suspend, operator: Viewer, person: Viewer, method: string) =>
  ask(app, route, operator, { method, params: { userId: person.userId } });
const signIn = (app: TestApp, username: string, password: string) =>
  authorize(app.deps, { username, password }, new Headers());

describe('a suspended person', () => {
  it('has lost call, stream and sign-in when the operator’s request is answered', async () => {
    const { app, operator, alice, bob, callId } = await inACall();
    const stream = await listen(app, alice);
    expect((await act(app, suspend, operator, alice, 'PUT')).status).toBe(204);
    expect(stream.isClosed).toBe(true);
    expect(stream.events.at(-1)?.type).toBe('signed-out');
    expect((await readCall(app.deps, bob.userId, callId))?.status).toBe('ended');
    expect((await ask(app, getOperator, alice)).status).toBe(401);
    expect(await signIn(app, 'alice', 'alice knows it')).toBeNull();
  });

  it('cannot be rung, and cannot slip back into a call with a request that was on its way', async () => {
    const { app, operator, alice, bob } = await inACall();
    const group = await app.makeConversation('group', [operator, alice, bob]);
    await act(app, suspend, operator, alice, 'PUT');
    const { call } = await startCall(app.deps, bob, {
      target: { conversationId: group },
      requestId: null,
      clientId: tab('bob'),
      switchFrom: null,
    });
    expect(call.people.find((one) => one.user.id === alice.userId)?.ring?.state).not.toBe('ringing');
    const late = enterCall(app.deps, alice, {
      callId: callIdSchema.parse(call.id),
      clientId: tab('alice'),
      switchFrom: null,
    });
    await expect(late).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('gets in again with the old password once the suspension is lifted', async () => {
    const { app, operator, alice } = await inACall();
    await act(app, suspend, operator, alice, 'PUT');
    expect((await act(app, unsuspend, operator, alice, 'DELETE')).status).toBe(204);
    expect(await signIn(app, 'alice', 'alice knows it')).toMatchObject({ userId: alice.userId });
  });
});

describe('a removed person', () => {
  it('keeps what they wrote, without a name, and nothing else', async () => {
    const { app, operator, alice, bob, direct } = await inACall();
    const group = await app.makeConversation('group', [alice, bob, operator]);
    const said = await app.say(alice, group, 'still here');
    expect((await act(app, remove, operator, alice, 'DELETE')).status).toBe(204);
    const seen = await app.deps.readers.snapshot(bob);
    expect(seen.users.map((user) => user.username)).not.toContain('alice');
    expect(seen.conversations.find((one) => one.id === group)?.memberIds?.toSorted()).toEqual(
      [bob.userId, operator.userId].sort(),
    );
    expect(seen.conversations.map((one) => one.id)).toContain(direct);
    expect(await readMessage(app.deps, bob.userId, said)).toMatchObject({
      text: 'still here',
      authorId: alice.userId,
    });
    expect(JSON.stringify(seen).toLowerCase()).not.toContain('alice');
  });

  it('and disappears from every screen and from the disk, however long LiveKit takes', async () => {
    const { app, operator, alice, bob } = await inACall();
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    await changePicture(app.deps, alice.userId, png);
    const pictures = () => readdirSync(join(app.deps.env.PARLEY_DATA_DIR, 'pictures'));
    expect(pictures()).toHaveLength(1);
    const stream = await listen(app, bob);
    const { media } = app;
    const { promise: answered, resolve: answer } = Promise.withResolvers<boolean>();
    let isAsked = false;
    const wait = () => {
      isAsked = true;
      return answered;
    };
    app.deps.media = { ...media, deleteRoom: wait, removeParticipant: wait };
    const removal = act(app, remove, operator, alice, 'DELETE');
    await waitFor('LiveKit asked to end the call', () => isAsked, 5000);
    await waitFor('the picture gone', () => pictures().length === 0, 5000);
    const isGone = (event: StreamEvent) =>
      event.type === 'users' && event.data.some((one) => 'gone' in one && one.id === alice.userId);
    await waitFor('Bob’s stream to send that she was removed', () => stream.events.some(isGone), 5000);
    answer(true);
    expect((await removal).status).toBe(204);
  });

  it('loses call and stream at once and cannot sign in', async () => {
    const { app, operator, alice, bob, callId } = await inACall();
    const stream = await listen(app, alice);
    await act(app, remove, operator, alice, 'DELETE');
    expect(stream.isClosed).toBe(true);
    expect((await readCall(app.deps, bob.userId, callId))?.status).toBe('ended');
    expect(await signIn(app, 'alice', 'alice knows it')).toBeNull();
  });

  it('frees the user name, whose new owner is another user', async () => {
    const { app, operator, alice } = await inACall();
    await app.deps.transaction(async (tx) => {
      await tx.update(community).set({ registration: 'open' });
    });
    await act(app, remove, operator, alice, 'DELETE');
    const answer = await ask(app, register, null, { body: { username: 'alice', password: 'a new person' } });
    expect(answer.status).toBe(201);
    expect((await answer.json()).id).not.toBe(alice.userId);
  });

  it('removes them for the operator, too: a second removal finds no user', async () => {
    const { app, operator, alice } = await inACall();
    await act(app, remove, operator, alice, 'DELETE');
    expect((await act(app, remove, operator, alice, 'DELETE')).status).toBe(404);
    const view = operatorViewSchema.parse(await (await ask(app, getOperator, operator)).json());
    expect(view.people.map((person) => person.username)).toEqual(['bob', 'olga']);
  });
});

describe('a reset password', () => {
  it('ends the old one, the streams and the call, and the link sets a new one once', async () => {
    const { app, operator, alice, bob, callId } = await inACall();
    const stream = await listen(app, alice);
    const answer = await act(app, resetPassword, operator, alice, 'POST');
    expect(answer.status).toBe(201);
    const token = new URL((await answer.json()).path, 'https://x').searchParams.get('link');
    expect(stream.isClosed).toBe(true);
    expect((await readCall(app.deps, bob.userId, callId))?.status).toBe('ended');
    expect(await signIn(app, 'alice', 'alice knows it')).toBeNull();
    const choose = (password: string) => ask(app, choosePassword, null, { body: { token, password } });
    const statuses = await Promise.all([choose('the new word'), choose('another word')]);
    expect(statuses.map((one) => one.status).sort()).toEqual([200, 403]);
    const worked = await Promise.all([
      signIn(app, 'alice', 'the new word'),
      signIn(app, 'alice', 'another word'),
    ]);
    expect(worked.filter(Boolean)).toHaveLength(1);
  });

  it('belongs to no user once the link has expired or a later link was made', async () => {
    const { app, operator, alice } = await inACall();
    const linkOf = async () => {
      const { path } = await (await act(app, resetPassword, operator, alice, 'POST')).json();
      return new URL(path, 'https://x').searchParams.get('link');
    };
    const choose = async (token: string | null) =>
      (await ask(app, choosePassword, null, { body: { token, password: 'the new word' } })).status;
    const first = await linkOf();
    const second = await linkOf();
    expect(await choose(first)).toBe(403);
    app.clock.advance(3 * 24 * 3600 * 1000);
    expect(await choose(second)).toBe(403);
  });
});

describe('what operators do', () => {
  it.each([
    ['suspend', suspend, 'PUT'],
    ['unsuspend', unsuspend, 'DELETE'],
    ['remove', remove, 'DELETE'],
    ['reset the password of', resetPassword, 'POST'],
  ] as const)('cannot %s themselves, so that an operator remains', async (_, route, method) => {
    const { app, operator } = await inACall();
    expect((await act(app, route, operator, operator, method)).status).toBe(400);
  });

  it('does not exist for other users, or without a sign-in', async () => {
    const { app, alice, bob } = await inACall();
    for (const [route, method] of [
      [suspend, 'PUT'],
      [unsuspend, 'DELETE'],
      [remove, 'DELETE'],
      [resetPassword, 'POST'],
    ] as const) {
      expect((await act(app, route, bob, alice, method)).status).toBe(404);
      expect((await ask(app, route, null, { method, params: { userId: alice.userId } })).status).toBe(401);
    }
    expect((await ask(app, getOperator, bob)).status).toBe(404);
  });
});

it('people are listed by name a page at a time, and searched', async () => {
  const app = await makeTestApp();
  const olga = await app.makeUser('Olga', { isOperator: true });
  for (const name of ['Zoë', 'Anna']) await app.makeUser(name);
  const page = async (query: Record<string, string>) => {
    const answer = await askRoute(app, 'GET /api/operator/people', olga, { query });
    const { people, next } = operatorPeopleSchema.parse(await answer.json());
    return { names: people.map(({ displayName }) => displayName), next };
  };
  const first = await page({ limit: '2' });
  expect(first.names).toEqual(['Anna', 'Olga']);
  expect(await page({ limit: '2', after: first.next ?? '' })).toEqual({ names: ['Zoë'], next: null });
  expect((await page({ search: 'zoe' })).names).toEqual(['Zoë']);
});
