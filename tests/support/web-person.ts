/** A user of a running Parley, without a browser: cookies and requests as our pages send them. */
export type WebPerson = {
  /** Every cookie that the server set and has not cleared since. */
  cookies: () => { name: string; value: string }[];
  request: (method: string, path: string, body?: unknown) => Promise<Response>;
};

/** Signs in through next-auth as the form does; throws unless it worked. */
export async function signInAt(origin: string, username: string, password: string): Promise<WebPerson> {
  const jar = new Map<string, string>();
  const request = async (method: string, path: string, body?: unknown, type = 'application/json') => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        origin,
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  const { csrfToken } = await (await request('GET', '/api/auth/csrf')).json();
  const form = new URLSearchParams({ username, password, csrfToken, json: 'true' }).toString();
  await request('POST', '/api/auth/callback/credentials', form, 'application/x-www-form-urlencoded');
  const me = await request('GET', '/api/me');
  if (!me.ok) throw new Error(`${username} could not sign in at ${origin}: ${me.status}`);
  return {
    cookies: () => [...jar].filter(([, value]) => value).map(([name, value]) => ({ name, value })),
    request,
  };
}
