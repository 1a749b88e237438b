import type { InviteView, OperatorView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { InvitesSection } from '@/app/(community)/operator/invites-section';
import { renderInEnglish } from '../support/in-english';

afterEach(cleanup);

const inviteOf = (over: Partial<InviteView> = {}): InviteView => ({
  id: 'link_1',
  creatorName: 'Alice',
  createdAt: new Date(2026, 2, 9, 12).getTime(),
  expiresAt: null,
  maxUses: 1,
  useCount: 0,
  ...over,
});

const viewOf = (invites: InviteView[]): OperatorView => ({
  name: 'Harbour Street',
  registration: 'invite',
  isRegistrationFixed: false,
  channels: [],
  invites,
  people: [],
});

test('without invite links it says so', () => {
  renderInEnglish(<InvitesSection view={viewOf([])} act={async () => null} />);
  expect(screen.getByText('No invite links')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Revoke' })).toBeNull();
});

test('a link that is being revoked is busy, and a failure is shown', async () => {
  let answer: (problem: string | null) => void = () => {};
  const asked = () =>
    new Promise<string | null>((resolve) => {
      answer = resolve;
    });
  renderInEnglish(<InvitesSection view={viewOf([inviteOf()])} act={asked} />);
  expect(screen.queryByText('No invite links')).toBeNull();
  const revoke = screen.getByRole('button', { name: 'Revoke' });
  fireEvent.click(revoke);
  expect(revoke.getAttribute('aria-busy')).toBe('true');
  await act(async () => answer('The server can’t be reached.'));
  expect(revoke.getAttribute('aria-busy')).not.toBe('true');
  expect(screen.getByText('The server can’t be reached.')).toBeTruthy();
});

test('a link says in whole sentences how often it was used, when it was made and how long it works', () => {
  const now = Date.now();
  const invites = [
    inviteOf({ id: 'link_1', maxUses: null, useCount: 1, createdAt: now, expiresAt: now }),
    inviteOf({ id: 'link_2', useCount: 0, createdAt: new Date(2020, 2, 9).getTime() }),
  ];
  renderInEnglish(<InvitesSection view={viewOf(invites)} act={async () => null} />);
  expect(screen.getByText('Used 1 time, expires today')).toBeTruthy();
  expect(screen.getByText('Used 0 of 1 time, never expires')).toBeTruthy();
  expect(screen.getByText(/^Created today by/)).toBeTruthy();
  expect(screen.getByText(/^Created (9 March|March 9,) 2020 by/)).toBeTruthy();
});
