import { limits } from '@parley/call-protocol';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { RenameGroup } from '@/app/(community)/messages/rename-group';
import { NameForm } from '@/app/(community)/operator/name-form';
import { ProfileSection } from '@/app/(community)/settings/profile-section';
import { snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

beforeEach(() => {
  vi.stubGlobal('fetch', vi.fn());
});
afterEach(() => {
  expect(fetch, 'nothing too long was sent').not.toHaveBeenCalled();
  cleanup();
  vi.unstubAllGlobals();
});

const [conversation] = snapshot().conversations;
if (!conversation) throw new Error('the snapshot has one conversation');
const show = (part: React.ReactNode) =>
  renderKitInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>{part}</CommunityStoreProvider>,
  );

test.each([
  ['Display name', limits.displayName, 'Save profile', () => show(<ProfileSection />)],
  ['About', limits.about, 'Save profile', () => show(<ProfileSection />)],
  ['Title', limits.title, 'Save', () => show(<RenameGroup conversation={conversation} onClose={() => {}} />)],
  [
    'Name',
    limits.title,
    'Rename',
    () => show(<NameForm label="Name" button="Rename" save={async () => String(await fetch('/'))} />),
  ],
] as const)(
  '%s keeps what is too long, says by how much, and is not saved',
  async (label, limit, button, open) => {
    open();
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: label });
    fireEvent.change(field, { target: { value: 'x'.repeat(limit) } });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: button }).disabled).toBe(false);
    const long = 'x'.repeat(limit + 3);
    expect(field.maxLength).toBe(-1);
    fireEvent.change(field, { target: { value: long } });
    expect(field.value).toBe(long);
    const words = screen.getByText('3 characters too many').closest('p');
    expect(field.getAttribute('aria-describedby')?.split(' ')).toContain(words?.id);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: button }).disabled).toBe(true);
    const form = field.closest('form');
    if (label === 'Name' && form) fireEvent.submit(form);
    expect(field.dir).toBe('auto');
  },
);
