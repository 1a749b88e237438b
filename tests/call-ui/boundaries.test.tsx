import {
  CallBoundary,
  CallButton,
  type CallComponentOverrides,
  CallMiniBar,
  CallOverlay,
  CallScreen,
} from '@parley/call-kit';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { entered, renderKit } from './support/kit';
import { page, phase, region } from './support/page';
import { activeView, callView, incomingView, snapshot } from './support/views';

beforeEach(() => {
  isBroken = false;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  // React logs every error that a boundary caught.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const Broken = () => {
  throw new Error('a part of the app threw');
};

/** Alice and Bob talk, with parts of the app's own. */
async function talkWith(components: CallComponentOverrides, shown = page) {
  const kit = renderKit(shown, { components });
  await kit.say({ type: 'snapshot', data: snapshot() });
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
  return kit;
}

test.each(['CallButton', 'CallDock', 'CallToolbar', 'ParticipantTile', 'OutgoingCall'] as const)(
  'a slot %s that throws shows Parley’s own, and the call goes on',
  async (slot) => {
    const kit = await talkWith({ [slot]: Broken });
    expect(phase()).toBe('connected');
    expect(kit.rooms[0]?.isClosed).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
    expect(kit.rooms[0]?.isClosed).toBe(true);
  },
);

test('a window of an incoming call that throws shows Parley’s own, which accepts', async () => {
  const kit = renderKit(page, { components: { IncomingCall: Broken } });
  await kit.say({ type: 'snapshot', data: snapshot([incomingView()]) });
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  expect(kit.has('accept')).toBe(true);
});

/** Whether the parts of the app below throw. */
let isBroken = false;

function Page() {
  const [, setCount] = useState(0);
  if (isBroken) throw new Error('a screen threw');
  return (
    <>
      <CallButton target={{ conversationId: 'conv_1' }} />
      <CallScreen conversationId="conv_1" />
      <button type="button" onClick={() => setCount((count) => count + 1)}>
        Render
      </button>
    </>
  );
}

const tryAgain = (retry: () => void) => (
  <button type="button" onClick={retry}>
    Try again
  </button>
);

test('a screen that throws leaves the call connected, with its controls in the mini bar', async () => {
  const kit = await talkWith(
    {},
    <>
      <CallBoundary fallback={tryAgain}>
        <Page />
      </CallBoundary>
      <CallMiniBar conversationId={null} />
      <CallOverlay />
    </>,
  );
  isBroken = true;
  fireEvent.click(screen.getByRole('button', { name: 'Render' }));
  expect(phase()).toBe('connected');
  expect(kit.rooms[0]?.isClosed).toBe(false);
  expect(kit.has('leave')).toBe(false);
  expect(screen.getByRole('button', { name: /^Back to the call/ })).toBeTruthy();
  isBroken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(region().querySelector('ul')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Full window' })).toBeTruthy();
});

test('a surface that throws again and again keeps microphone and the way out', async () => {
  const kit = await talkWith({});
  const view = activeView();
  // A name that is no text, as no server sends one: every part that shows the person throws.
  const broken = view.people.map((one) => ({ ...one, user: { ...one.user, displayName: {} as never } }));
  await kit.receiveCall({ ...view, revision: 3, people: broken });
  expect(region().textContent).toContain('The call goes on, but it can’t be shown here.');
  expect(screen.getByRole('button', { name: 'Microphone' })).toBeTruthy();
  expect(kit.rooms[0]?.isClosed).toBe(false);
  await kit.receiveCall({ ...view, revision: 4 });
  fireEvent.click(screen.getByRole('button', { name: 'Show again' }));
  expect(phase()).toBe('connected');

  await kit.receiveCall({ ...view, revision: 5, people: broken });
  fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  expect(kit.rooms[0]?.isClosed).toBe(true);
});

/** What Google Translate does to a text: the node is replaced by elements that hold the translation. */
function translate(text: Text): void {
  const [outer, inner] = [document.createElement('font'), document.createElement('font')];
  inner.textContent = text.data.toUpperCase();
  outer.append(inner);
  text.replaceWith(outer);
}

function Sentence() {
  const [isLong, setLong] = useState(true);
  return (
    <p>
      <button type="button" onClick={() => setLong(false)}>
        Shorten
      </button>
      {isLong && 'a sentence'}
    </p>
  );
}

test('a part whose text was translated beneath React is mounted anew when React can’t change it', () => {
  const { container } = renderKit(
    <CallBoundary>
      <Sentence />
    </CallBoundary>,
  );
  const text = screen.getByText('a sentence', { exact: false }).lastChild;
  if (!(text instanceof Text)) throw new Error('the sentence is a text');
  translate(text);
  expect(container.textContent).toBe('ShortenA SENTENCE');
  fireEvent.click(screen.getByRole('button', { name: 'Shorten' }));
  expect(container.textContent).toBe('Shortena sentence');
  fireEvent.click(screen.getByRole('button', { name: 'Shorten' }));
  expect(container.textContent).toBe('Shorten');
});

const Part = () => (isBroken ? <Broken /> : <p>whole</p>);

test('a part without a fallback is tried every five seconds, and another address at once', async () => {
  isBroken = true;
  const tree = (resetKey: string) => (
    <CallBoundary resetKey={resetKey}>
      <Part />
    </CallBoundary>
  );
  const { rerender } = renderKit(null);
  rerender(tree('/a'));
  expect(screen.queryByText('whole')).toBeNull();
  isBroken = false;
  await act(async () => void (await vi.advanceTimersByTimeAsync(4999)));
  expect(screen.queryByText('whole')).toBeNull();
  await act(async () => void (await vi.advanceTimersByTimeAsync(1)));
  expect(screen.getByText('whole')).toBeTruthy();

  isBroken = true;
  rerender(tree('/a'));
  rerender(tree('/a'));
  expect(screen.queryByText('whole')).toBeNull();
  isBroken = false;
  rerender(tree('/b'));
  expect(screen.getByText('whole')).toBeTruthy();
});
