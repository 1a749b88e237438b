import { createHash, randomBytes } from 'node:crypto';

// Plain JavaScript, because `npm run reset-password` makes a link outside the app, too.

/** The secret in a new link: 192 random bits. */
export function newLinkSecret() {
  return randomBytes(24).toString('base64url');
}

/**
 * What the database keeps of it.
 * @param {string} secret
 */
export function hashOfLinkSecret(secret) {
  return createHash('sha256').update(secret).digest('hex');
}

/** How long a link to choose a new password works, in milliseconds. */
export const passwordLinkLifeMs = 3 * 24 * 3600 * 1000;
