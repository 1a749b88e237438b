import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConnectionLine } from '@/app/(community)/_shell/connection-line';
import { entered } from '@/tests/call-ui/support/kit';
import { page as callPage } from '@/tests/call-ui/support/page';
import { activeView, callView, snapshot } from '@/tests/call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const line = () => screen.getByRole('status').textContent;
const pass = (ms: number) => act(async () => vi.advanceTimersByTime(ms));

test('a lost event stream is shown after some seconds, and no longer once it reconnects', async () => {
  const kit = renderKitInEnglish(<ConnectionLine />);
  expect(line()).toBe('');
  await kit.stream('lost');
  await pass(3900);
  expect(line()).toBe('');
  await pass(200);
  expect(line()).toBe('Can’t reach the server. Trying again…');
  await kit.stream('open');
  expect(line()).toBe('');
});

test('a blink of the connection says nothing, however often', async () => {
  const kit = renderKitInEnglish(<ConnectionLine />);
  for (let blinks = 0; blinks < 3; blinks += 1) {
    await kit.stream('lost');
    await pass(3000);
    await kit.stream('open');
  }
  await pass(10_000);
  expect(line()).toBe('');
});

test('a call on the screen that says there is no connection says it for the whole page', async () => {
  const kit = renderKitInEnglish(
    <>
      <ConnectionLine />
      {callPage}
    </>,
  );
  await kit.say({ type: 'snapshot', data: snapshot() });
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
  await kit.stream('lost');
  await pass(4100);
  const said = () => screen.getAllByRole('status').map((status) => status.textContent);
  expect(said()).toContain('Can’t reach the server. Trying again…');
  await act(async () => kit.rooms[0]?.change({ connection: 'reconnecting' }));
  expect(said()).not.toContain('Can’t reach the server. Trying again…');
  expect(said()).toContain('Reconnecting… Bob can’t hear you right now');
});
