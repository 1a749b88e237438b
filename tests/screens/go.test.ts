// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { conversationIdIn, staysOnPage } from '@/app/_ui/go';

const at = (path: string) => History.prototype.pushState.call(history, null, '', path);
/** As Next does once the page has hydrated. */
const nextListens = () => {
  history.pushState = History.prototype.pushState;
};
afterEach(() => {
  Reflect.deleteProperty(history, 'pushState');
  at('/');
});

test('between conversations the page stays, to other pages it does not', () => {
  nextListens();
  at('/messages');
  expect(staysOnPage('/messages/conv_1')).toBe(true);
  at('/messages/conv_1');
  expect(staysOnPage('/messages')).toBe(true);
  expect(staysOnPage('/calls')).toBe(false);
  at('/calls');
  expect(staysOnPage('/messages/conv_1')).toBe(false);
});

test('a link that is pressed before Next listens to the address goes the way of Next', () => {
  at('/messages');
  expect(staysOnPage('/messages/conv_1')).toBe(false);
});

test.each([
  ['/messages/conv_1', 'conv_1'],
  ['/messages/conv_1/members', 'conv_1/members'],
  ['/messages', null],
  ['/messages/', null],
  ['/calls', null],
])('%s names the conversation %s', (path, id) => {
  expect(conversationIdIn(path)).toBe(id);
});
