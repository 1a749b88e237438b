'use client';

import { signIn } from 'next-auth/react';
import { ApiError } from '../_language/api-error';

/**
 * Signs in and loads the community.
 *
 * @throws {ApiError} with a sentence to show
 */
export async function signInWith(username: string, password: string): Promise<void> {
  const answer = await signIn('credentials', { username, password, redirect: false }).catch(() => null);
  if (!answer) throw new ApiError('offline', 'ui.offline');
  if (!answer.ok) {
    throw answer.error === 'rate_limited'
      ? new ApiError('rate_limited', 'account.tooManyTries')
      : new ApiError('unauthenticated', 'account.wrongPassword');
  }
  // A full page load, so that no state of an earlier sign-in stays in memory.
  location.assign('/messages');
}
