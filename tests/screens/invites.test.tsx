import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { InvitesSection } from '@/app/(community)/operator/invites-section';
import type { InviteView, OperatorView } from '@/lib/protocol';

afterEach(cleanup);

const viewOf = (invites: InviteView[]): OperatorView => ({
  name: 'Harbour Street',
  registration: 'invite',
  isRegistrationFixed: false,
  channels: [],
  invites,
  people: [],
});

test('without invite links it says so', () => {
  render(<InvitesSection view={viewOf([])} act={async () => null} />);
  expect(screen.getByText('No invite links')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Revoke' })).toBeNull();
});

test('a link that is being revoked is busy, and a failure is told', async () => {
  const invite = {
    id: 'link_1',
    creatorName: 'Alice',
    createdAt: 0,
    expiresAt: null,
    maxUses: 1,
    useCount: 0,
  };
  let answer: (problem: string | null) => void = () => {};
  const asked = () =>
    new Promise<string | null>((resolve) => {
      answer = resolve;
    });
  render(<InvitesSection view={viewOf([invite])} act={asked} />);
  expect(screen.queryByText('No invite links')).toBeNull();
  const revoke = screen.getByRole('button', { name: 'Revoke' });
  fireEvent.click(revoke);
  expect(revoke.getAttribute('aria-busy')).toBe('true');
  await act(async () => answer('The server can’t be reached.'));
  expect(revoke.getAttribute('aria-busy')).not.toBe('true');
  expect(screen.getByText('The server can’t be reached.')).toBeTruthy();
});
