/** @typedef {{ origin: string, csrfToken: string, cookie: string }} SignInPage what next-auth wants to see with every try */

/**
 * One try to sign in with a wrong password, as if passed on for somebody at `address`.
 * @param {SignInPage} page
 * @param {{ username: string, address: string }} who
 */
export async function guessPassword({ origin, csrfToken, cookie }, { username, address }) {
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': address,
    },
    body: new URLSearchParams({ username, password: 'a guess', csrfToken, json: 'true' }),
  });
  const text = await answer.text();
  return {
    isLimited: answer.status === 429 || text.includes('rate_limited'),
    isIn: answer.headers.getSetCookie().some((line) => line.startsWith('parley=')),
  };
}
