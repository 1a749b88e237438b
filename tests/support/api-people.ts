import { join } from 'node:path';
import {
  type CallView,
  type CallWithMedia,
  callViewSchema,
  callWithMediaSchema,
} from '@parley/call-protocol';
import { encode } from 'next-auth/jwt';
import { nextJoinNumber } from '@/db/join-number';
import { openStore } from '@/db/open-store';
import { signIns, users } from '@/db/schema';
import type { Store } from '@/db/store';
import { type ClientId, makeId, type SignInId, type UserId } from '@/lib/ids';
import { readSecrets } from '@/scripts/secrets.mjs';
import { ApiStream } from './api-stream';

/** A Parley that runs as a process of its own; its database is a file in `dataDir`, or that of `databaseUrl`. */
export type ServedApp = { url: string; dataDir: string; databaseUrl?: string };

/** `ms`: until the whole answer was there. */
export type Answer = { status: number; body: unknown; ms: number; headers: Headers };

/** A signed-in person who uses a running Parley over HTTP, as a browser's tab does. */
export class ApiPerson {
  readonly userId: UserId;
  readonly signInId: SignInId;
  readonly name: string;
  readonly origin: string;
  readonly cookie: string;
  readonly #streams: ApiStream[] = [];

  constructor(who: {
    userId: UserId;
    signInId: SignInId;
    name: string;
    origin: string;
    cookie: string;
  }) {
    this.userId = who.userId;
    this.signInId = who.signInId;
    this.name = who.name;
    this.origin = who.origin;
    this.cookie = who.cookie;
  }

  /** The same person at one of several servers. */
  at({ url }: { url: string }): ApiPerson {
    return new ApiPerson({ ...this, origin: url });
  }

  /** The id of this person's nth tab. */
  tab(number = 1): ClientId {
    return `tab-${number}-${this.userId.slice(-12)}` as ClientId;
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const since = performance.now();
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        'sec-fetch-site': 'same-origin',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
    return toAnswer(response, since);
  }

  /** Calls a person from their profile; throws unless it was allowed. */
  async call(other: ApiPerson, tab = 1): Promise<CallWithMedia> {
    return entered(await this.ask('POST', '/api/calls', { userId: other.userId, clientId: this.tab(tab) }));
  }

  accept(callId: string, tab = 1): Promise<Answer> {
    return this.ask('POST', `/api/calls/${callId}/accept`, { clientId: this.tab(tab) });
  }

  leave(callId: string, tab = 1): Promise<Answer> {
    return this.ask('POST', `/api/calls/${callId}/leave`, { clientId: this.tab(tab) });
  }

  /** One open event stream; resolves once its snapshot is there. */
  async listen(how: { isAsleep?: boolean } = {}): Promise<ApiStream> {
    const stream = await ApiStream.open(this.origin, this.cookie, how);
    this.#streams.push(stream);
    return stream;
  }

  close(): void {
    for (const stream of this.#streams) stream.close();
  }
}

async function toAnswer(response: Response, since: number): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not every answer is JSON: a page, an empty one.
  }
  return { status: response.status, body, ms: performance.now() - since, headers: response.headers };
}

/** What an entry answered; throws with the refusal's words. */
export function entered(answer: Answer): CallWithMedia {
  if (answer.status >= 300) throw new Error(`refused with ${answer.status}: ${JSON.stringify(answer.body)}`);
  return callWithMediaSchema.parse(answer.body);
}

/** The view that an answer about a call carries. */
export function viewIn(answer: Answer): CallView {
  return callViewSchema.parse((answer.body as { call?: unknown }).call);
}

/** The code of a refusal. */
export function codeOf(answer: Answer): unknown {
  return (answer.body as { code?: unknown } | null)?.code;
}

/** The entries of this person's missed calls, newest first. */
export async function missedBy(person: ApiPerson): Promise<{ callId: string; outcome: string }[]> {
  const { body } = await person.ask('GET', '/api/calls?filter=missed');
  return (body as { entries: { callId: string; outcome: string }[] }).entries;
}

/**
 * People without conversations, with sign-ins, written into the running app's own database: registering
 * and signing in are limited by address, and are other tests' business.
 */
export async function makePeople(
  app: ServedApp,
  names: readonly string[],
  more: Partial<typeof users.$inferInsert> = {},
): Promise<ApiPerson[]> {
  const store = openDatabaseOf(app);
  const secret = readSecrets(app.dataDir).parleySecret;
  try {
    const people: ApiPerson[] = [];
    for (const name of names) {
      const userId = makeId('user');
      const createdAt = Date.now();
      await store.transaction(async (tx) => {
        await tx.insert(users).values({
          id: userId,
          username: `${name.toLowerCase()}-${userId.slice(-8)}`,
          displayName: name,
          passwordHash: 'unset',
          messagePermission: 'everyone',
          callPermission: 'everyone',
          joinNumber: await nextJoinNumber(tx),
          createdAt,
          ...more,
        });
      });
      people.push(await signInAs(store, secret, app.url, userId, name));
    }
    return people;
  } finally {
    await store.close();
  }
}

/** Another device of the same person: a sign-in of its own. */
export async function otherDevice(app: ServedApp, person: ApiPerson): Promise<ApiPerson> {
  const store = openDatabaseOf(app);
  try {
    return await signInAs(
      store,
      readSecrets(app.dataDir).parleySecret,
      person.origin,
      person.userId,
      person.name,
    );
  } finally {
    await store.close();
  }
}

/** The store must be closed. */
export const openDatabaseOf = ({ databaseUrl, dataDir }: ServedApp): Store =>
  openStore(databaseUrl ?? join(dataDir, 'parley.db'));

async function signInAs(
  store: Store,
  secret: string,
  origin: string,
  userId: UserId,
  name: string,
): Promise<ApiPerson> {
  const signInId = makeId('signin');
  await store.transaction(async (tx) => {
    await tx.insert(signIns).values({ id: signInId, userId, createdAt: Date.now() });
  });
  const token = await encode({ token: { sub: userId, signInId }, secret });
  return new ApiPerson({ userId, signInId, name, origin, cookie: `parley=${token}` });
}
