import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ModalWindow } from '@/app/_ui/modal-window';
import { renderInEnglish } from '../support/in-english';

/** An animation of which the browser never says that it has finished. */
const endless = { finished: new Promise(() => {}), effect: null, pending: true, playState: 'running' };

beforeEach(() => {
  vi.useFakeTimers();
  Element.prototype.getAnimations = () => [endless as unknown as Animation];
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  Reflect.deleteProperty(Element.prototype, 'getAnimations');
});

const question = (open: boolean) => (
  <ModalWindow open={open} onClose={() => {}} title="Question">
    <input aria-label="Answer" />
  </ModalWindow>
);
const portals = () => document.querySelectorAll('[data-base-ui-portal]');
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

test('a closed dialog leaves nothing on the page, even where the browser never ends its animation', () => {
  const { rerender } = renderInEnglish(question(true));
  expect(screen.getByRole('dialog', { name: 'Question' })).toBeDefined();
  rerender(question(false));
  expect(portals()).toHaveLength(1);
  pass(1000);
  expect(portals()).toHaveLength(0);
});

test('a dialog that is opened again while it leaves stays the same', () => {
  const { rerender } = renderInEnglish(question(true));
  const field = screen.getByRole('textbox', { name: 'Answer' });
  rerender(question(false));
  pass(100);
  rerender(question(true));
  pass(1000);
  expect(screen.getByRole('textbox', { name: 'Answer' })).toBe(field);
});
