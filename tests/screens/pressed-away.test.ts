// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { hasPressedAway, watchPresses } from '@/app/(community)/_shell/pressed-away';

const stop = watchPresses();
afterEach(() => document.body.replaceChildren());
afterEach(() => history.replaceState(null, '', '/'));

/** Presses a link, on the words inside it, without going anywhere. */
function press(on: string, href: string) {
  history.replaceState(null, '', on);
  const link = document.createElement('a');
  link.href = href;
  const words = document.createElement('span');
  link.append(words);
  link.addEventListener('click', (event) => event.preventDefault());
  document.body.append(link);
  words.click();
}

it('a press on a conversation, before the page has opened one by itself, is known', () => {
  expect(hasPressedAway()).toBe(false);
  press('/messages', '/messages/conv_1');
  expect(hasPressedAway()).toBe(true);
});

it('… and forgotten with the next press, so that Messages opens the last conversation again', () => {
  press('/messages/conv_1', '/messages');
  expect(hasPressedAway()).toBe(false);
  press('/messages', '/messages');
  expect(hasPressedAway()).toBe(false);
});

it('a press is forgotten once watching stops', () => {
  stop();
  press('/messages', '/calls');
  expect(hasPressedAway()).toBe(false);
});
