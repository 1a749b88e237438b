import { createHmac } from 'node:crypto';
import type { Gardener } from './people.ts';

export type ParleyOptions = {
  /** Everyone who can call and be called. */
  people: readonly Gardener[];
  /** Where Parley's server is, as this server reaches it: one of Parley's own origins. */
  address: string;
  /** What the passwords of the accounts at Parley are made from; no person ever sees one. */
  secret: string;
};

/** A person's sign-in at Parley. Only this server holds its cookie. */
export type ParleySignIn = { cookie: string; userId: string };

/** The accounts that the garden's people have at Parley, which this server keeps for them. */
export type ParleyAccounts = {
  /** Signs the person in; the first sign-in of all makes everyone's account. */
  signIn(person: Gardener): Promise<ParleySignIn>;
  signOut(signIn: ParleySignIn): Promise<void>;
  /** Everyone's id at Parley, by the garden's own ids. */
  userIds(signIn: ParleySignIn): Promise<Record<string, string>>;
};

const prefix = 'garden-';

/** Talks to Parley's HTTP API for the garden's people. */
export function keepParleyAccounts({ people, address, secret }: ParleyOptions): ParleyAccounts {
  const passwordOf = ({ id }: Gardener) => createHmac('sha256', secret).update(id).digest('hex');

  async function ask(path: string, { cookie = '', method = 'GET', body }: Asked = {}) {
    const isForm = body instanceof URLSearchParams;
    return fetch(`${address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie,
        origin: address,
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
  }

  async function register(person: Gardener) {
    const body = {
      username: `${prefix}${person.id}`,
      password: passwordOf(person),
      displayName: person.name,
    };
    const answer = await ask('/api/users', { method: 'POST', body });
    // 409: the account is there.
    if (!answer.ok && answer.status !== 409) throw new Error(`Parley made no account: ${answer.status}`);
  }

  let everyone: Promise<unknown> | undefined;
  async function registerEveryone() {
    everyone ??= Promise.all(people.map(register));
    await everyone.catch((error) => {
      everyone = undefined;
      throw error;
    });
  }

  return {
    async signIn(person) {
      await registerEveryone();
      const start = await ask('/api/auth/csrf');
      const { csrfToken } = await start.json();
      const answer = await ask('/api/auth/callback/credentials', {
        method: 'POST',
        cookie: cookiesOf(start),
        body: new URLSearchParams({
          username: `${prefix}${person.id}`,
          password: passwordOf(person),
          csrfToken,
          json: 'true',
        }),
      });
      const cookie = cookiesOf(answer);
      // The garden decides who may call whom: everyone with a plot.
      const open = { callPermission: 'everyone', messagePermission: 'everyone' };
      const changed = await ask('/api/me', { method: 'PATCH', cookie, body: open });
      if (!changed.ok) throw new Error(`Parley let ${person.id} not in: ${changed.status}`);
      const me = await (await ask('/api/me', { cookie })).json();
      return { cookie, userId: me.id };
    },
    async signOut({ cookie }) {
      await ask('/api/me/sign-out', { method: 'POST', cookie });
    },
    async userIds({ cookie }) {
      const { users }: { users: { id: string; username: string }[] } = await (
        await ask('/api/users', { cookie })
      ).json();
      return Object.fromEntries(
        users
          .filter(({ username }) => username.startsWith(prefix))
          .map(({ id, username }) => [username.slice(prefix.length), id]),
      );
    },
  };
}

type Asked = { cookie?: string; method?: string; body?: object };

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
