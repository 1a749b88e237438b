import { initialOf, initialsOf } from '@parley/call-kit';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { Composer } from '@/app/(community)/messages/composer';
import { RenameGroup } from '@/app/(community)/messages/rename-group';
import { NameForm } from '@/app/(community)/operator/name-form';
import { snapshot } from '../call-ui/support/views';
import { renderInEnglish, renderKitInEnglish } from '../support/in-english';

const nothing = '\u200B\u3164';
const family = '👨‍👩‍👧‍👦';
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal('fetch', (_: string, init?: { body?: string }) => {
    asked.push(init?.body ?? '');
    return new Promise<Response>(() => {});
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function theConversation() {
  const [conversation] = snapshot().conversations;
  if (!conversation) throw new Error('the snapshot has one conversation');
  return conversation;
}
const type = (label: string, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } });

test('a message that shows nothing is not sent, one of an emoji sequence is', () => {
  renderKitInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <Composer conversation={theConversation()} />
    </CommunityStoreProvider>,
  );
  type('Message', nothing);
  fireEvent.keyDown(screen.getByLabelText('Message'), { key: 'Enter' });
  expect(asked).toEqual([]);
  type('Message', family);
  fireEvent.keyDown(screen.getByLabelText('Message'), { key: 'Enter' });
  expect(asked).toHaveLength(1);
  expect(JSON.parse(asked[0] ?? '')).toMatchObject({ text: family });
});

test('a title and a name that show nothing cannot be saved', async () => {
  renderInEnglish(<RenameGroup conversation={theConversation()} onClose={() => {}} />);
  await screen.findByLabelText('Title');
  type('Title', nothing);
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
  type('Title', family);
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(false);
  cleanup();
  renderInEnglish(<NameForm label="Name" button="Save" save={async () => null} />);
  type('Name', nothing);
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
  type('Name', family);
  expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(false);
});

test('a picture’s initial is the first character that shows', () => {
  expect(initialsOf('\u200BAda \u2060 \u3164Lovelace')).toBe('AL');
  expect(initialOf('\u2060\u3164 trip')).toBe('T');
  expect(initialsOf(family)).toBe(family);
  expect(initialsOf(nothing)).toBe('?');
});
