/** @typedef {{ origin: string, csrfToken: string, cookie: string }} SignInPage what next-auth wants to see with every try */

/**
 * One try to sign in, with a wrong password unless another is given, as if forwarded for a client at `address`.
 * @param {SignInPage} page
 * @param {{ username: string, address: string, password?: string }} who
 */
export async function guessPassword(
  { origin, csrfToken, cookie },
  { username, address, password = 'a guess' },
) {
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': address,
    },
    body: new URLSearchParams({ username, password, csrfToken, json: 'true' }),
  });
  const text = await answer.text();
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  return {
    cookies,
    isLimited: answer.status === 429 || text.includes('rate_limited'),
    isIn: cookies.some((line) => line.startsWith('parley=')),
  };
}
