import { limits } from '@parley/call-protocol';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { Composer } from '@/app/(community)/messages/composer';
import { snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

const nothing = () => {};
const sent: { text: string }[] = [];
let touchFirst = false;
beforeEach(() => {
  sent.length = 0;
  touchFirst = false;
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('coarse') && touchFirst,
    addEventListener: nothing,
    removeEventListener: nothing,
  }));
  vi.stubGlobal('fetch', (_url: string, init: { body: string }) => {
    sent.push(JSON.parse(init.body));
    return new Promise<Response>(nothing);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The field of the open conversation with Bob. */
function open(): HTMLTextAreaElement {
  const [conversation] = snapshot().conversations;
  if (!conversation) throw new Error('the snapshot has one conversation');
  renderKitInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <Composer conversation={conversation} />
    </CommunityStoreProvider>,
  );
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  fireEvent.change(field, { target: { value: '' } });
  return field;
}
const type = (field: HTMLTextAreaElement, text: string) =>
  fireEvent.change(field, { target: { value: text } });
const send = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Send' });
const texts = () => sent.map(({ text }) => text);

test('Enter sends, Shift and Enter makes a new line', () => {
  const field = open();
  type(field, 'hello');
  expect(fireEvent.keyDown(field, { key: 'Enter', shiftKey: true })).toBe(true);
  expect(texts()).toEqual([]);
  expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(false);
  expect(texts()).toEqual(['hello']);
  expect(field.value).toBe('');
});

test('the Enter that ends a conversion sends nothing: Chromium says it is composing', () => {
  const field = open();
  type(field, 'にほんご');
  expect(fireEvent.keyDown(field, { key: 'Enter', keyCode: 229, isComposing: true })).toBe(true);
  expect(texts()).toEqual([]);
});

test('the Enter that ends a conversion sends nothing: Safari only gives it the key code 229', () => {
  const field = open();
  type(field, 'にほんご');
  expect(fireEvent.keyDown(field, { key: 'Enter', keyCode: 229, isComposing: false })).toBe(true);
  expect(texts()).toEqual([]);
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 });
  expect(texts()).toEqual(['にほんご']);
});

test('where a finger is the pointer, Enter makes a new line; Send and Ctrl+Enter send', () => {
  touchFirst = true;
  const field = open();
  type(field, 'first line');
  expect(fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 })).toBe(true);
  expect(texts()).toEqual([]);
  fireEvent.click(send());
  expect(texts()).toEqual(['first line']);
  type(field, 'from a keyboard');
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13, ctrlKey: true });
  expect(texts()).toEqual(['first line', 'from a keyboard']);
});

test('too long a text stays whole, is not sent, and says how many characters are too many', async () => {
  const field = open();
  const long = 'x'.repeat(limits.message + 1234);
  expect(field.maxLength).toBe(-1);
  type(field, long);
  expect(field.value).toBe(long);
  expect(screen.getByText('1,234 characters too many')).toBeTruthy();
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(send().disabled).toBe(true);
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 });
  expect(texts()).toEqual([]);
  expect(field.value).toBe(long);
  type(field, long.slice(1233));
  expect(screen.getByText('1 character too many')).toBeTruthy();
  type(field, `  ${long.slice(1234)}\n`);
  expect(screen.queryByText(/too many/)).toBeNull();
  await act(async () => fireEvent.click(send()));
  expect(texts()).toEqual([long.slice(1234)]);
});

test('the field takes the direction of what is typed', () => {
  expect(open().dir).toBe('auto');
});
