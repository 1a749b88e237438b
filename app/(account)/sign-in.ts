'use client';

import { signIn } from 'next-auth/react';

/** Signs in and loads the community afresh. Throws an Error with a sentence for the person. */
export async function signInWith(username: string, password: string): Promise<void> {
  const answer = await signIn('credentials', { username, password, redirect: false }).catch(() => null);
  if (!answer) throw new Error('The server can’t be reached. Check your connection.');
  if (!answer.ok) throw new Error(sentences[answer.error ?? ''] ?? wrong);
  // A whole page load, so that nothing of another sign-in stays in memory.
  location.assign('/messages');
}

const wrong = 'That username and password don’t fit together.';
const sentences: Record<string, string> = {
  CredentialsSignin: wrong,
  rate_limited: 'Too many tries. Wait a minute, then try again.',
};
