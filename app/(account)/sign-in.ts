'use client';

import { signIn } from 'next-auth/react';
import { ApiError } from '../(community)/_store/api';

/**
 * Signs in and loads the community.
 *
 * @throws {ApiError} with a sentence to show
 */
export async function signInWith(username: string, password: string): Promise<void> {
  const answer = await signIn('credentials', { username, password, redirect: false }).catch(() => null);
  if (!answer) throw new ApiError('offline', 'The server can’t be reached. Check your connection.');
  if (!answer.ok) {
    throw answer.error === 'rate_limited'
      ? new ApiError('rate_limited', 'Too many tries. Wait a minute, then try again.')
      : new ApiError('unauthenticated', 'Wrong username or password.');
  }
  // A full page load, so that no state of an earlier sign-in stays in memory.
  location.assign('/messages');
}
