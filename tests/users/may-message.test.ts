import type { Permission } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { mayMessage } from '@/lib/users/may-message';

const cases: [Permission, boolean, boolean][] = [
  ['everyone', true, true],
  ['everyone', false, true],
  ['known', true, true],
  ['known', false, false],
  ['nobody', true, false],
  ['nobody', false, false],
];

it.each(cases)('with %s, known %s, writing is allowed: %s', (messagePermission, isKnown, isAllowed) => {
  const facts = { messagePermission, isKnown, isBlocked: false, isSuspended: false };
  expect(mayMessage(facts)).toBe(isAllowed);
  expect(mayMessage({ ...facts, isBlocked: true })).toBe(false);
  expect(mayMessage({ ...facts, isSuspended: true })).toBe(false);
});
