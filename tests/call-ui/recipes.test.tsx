import { readdirSync, readFileSync } from 'node:fs';
import { CallProvider, type RingerProps } from '@parley/call-kit';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryTransport } from '@/examples/custom-transport/memory-transport';
import { callAnalytics } from '@/examples/recipes/analytics';
import { Branded } from '@/examples/recipes/brand-colours';
import { FloatingCall } from '@/examples/recipes/floating-button';
import { App as VoiceOnly } from '@/examples/recipes/no-video';
import { PhoneLink } from '@/examples/recipes/own-button';
import { App } from '@/examples/recipes/own-incoming-window';
import { OwnSounds } from '@/examples/recipes/own-sounds';
import { App as OwnTransport } from '@/examples/recipes/own-transport';
import { Calls } from '@/examples/recipes/own-words';
import { CallerName, WithNames } from '@/examples/recipes/people-by-id';
import { entered, renderKit } from './support/kit';
import { activeView, alice, bob, callView, incomingView, snapshot } from './support/views';

afterEach(cleanup);

test('own incoming window: shows instead of Parley’s and declines', async () => {
  // The recipe brings its own provider: this one only makes the parts it needs.
  const kit = renderKit(null);
  kit.unmount();
  render(<App {...kit.parts} />);
  await kit.say({ type: 'snapshot', data: snapshot([incomingView()]) });
  expect(screen.getByRole('alertdialog', { name: 'Bob would like to talk' })).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
  expect(kit.take('decline').args[0]).toBe('call_in');
});

test('brand colours: are set for everything inside', () => {
  render(<Branded>calls</Branded>);
  expect(screen.getByText('calls').style.getPropertyValue('--call-accent')).toBe('#ff7a00');
});

test('analytics: one line per ended call', () => {
  const lines: string[] = [];
  const onCallEvent = callAnalytics((line) => lines.push(line));
  onCallEvent({ type: 'joined', callId: 'call_1' });
  onCallEvent({ type: 'ended', callId: 'call_1', reason: 'completed', lengthMs: 61_400 });
  expect(lines).toEqual(['call completed after 61 s']);
});

test('own button: starts a call', async () => {
  const kit = renderKit(<PhoneLink userId={bob.id} name="Bob" />);
  await kit.say({ type: 'snapshot', data: snapshot() });
  fireEvent.click(screen.getByRole('button', { name: 'Phone Bob' }));
  expect(kit.take('start').args[0]).toEqual({ userId: bob.id });
  expect(screen.getByRole('button').dataset.state).toBe('busy');
});

test('people by their id: a known member at once, another one later', async () => {
  const kit = renderKit(null);
  kit.unmount();
  render(
    <WithNames {...kit.parts}>
      <CallerName id="user_bob" />
      <CallerName id="user_9" />
    </WithNames>,
  );
  expect(screen.getByText('Bobby')).toBeTruthy();
  expect(await screen.findByText('A guest')).toBeTruthy();
});

test('floating call button: calls, and its words are its name', async () => {
  const kit = renderKit(<FloatingCall userId={bob.id} />);
  await kit.say({ type: 'snapshot', data: snapshot() });
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  expect(kit.take('start').args[0]).toEqual({ userId: bob.id });
});

test('no video: a call has a microphone, and neither camera nor screen', async () => {
  // The recipe brings its own provider: this one only makes the parts it needs.
  const kit = renderKit(null);
  kit.unmount();
  render(
    <VoiceOnly {...kit.parts} conversationId="conv_1">
      <h1>Words</h1>
    </VoiceOnly>,
  );
  await kit.say({ type: 'snapshot', data: snapshot() });
  await kit.receiveCall(incomingView());
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Accept' })));
  await kit.take('accept').answer(entered(activeView()));
  await kit.rooms[0]?.up();
  expect(screen.getByRole('button', { name: 'Microphone' })).toBeTruthy();
  for (const name of ['Camera', 'Share screen']) expect(screen.queryByRole('button', { name })).toBeNull();
});

test('own sounds: the tune plays while it rings on this tab’s turn, and the kit’s ringtone does not', () => {
  const heard: string[] = [];
  class Tune {
    loop = false;
    volume = 1;
    play = async () => void heard.push(`plays at ${this.volume}`);
    pause = () => void heard.push('pauses');
  }
  vi.stubGlobal('Audio', Tune);
  const kit = renderKit(null);
  const props = { call: null, ringId: 'ring_1', volume: 0.25, ringtone: 'harbour', speakerId: '' } as const;
  const ringer = (change: Pick<RingerProps, 'sound' | 'isMyTurn'>) =>
    kit.rerender(
      <CallProvider {...kit.parts}>
        <OwnSounds {...props} {...change} />
      </CallProvider>,
    );
  ringer({ sound: 'ringtone', isMyTurn: false });
  expect(heard).toEqual([]);
  ringer({ sound: 'ringtone', isMyTurn: true });
  expect(heard).toEqual(['plays at 0.25']);
  ringer({ sound: null, isMyTurn: false });
  expect(heard).toEqual(['plays at 0.25', 'pauses']);
});

test('own transport: a call rings on the other page and is declined there', async () => {
  const { parts, unmount } = renderKit(null);
  unmount();
  const { loadMedia, environment } = parts;
  if (!loadMedia || !environment) throw new Error('the kit of tests brings both');
  const transport = createMemoryTransport([alice, bob]);
  const shared = { loadMedia, environment, transport };
  render(<OwnTransport {...shared} self={alice} other={bob} />);
  render(<OwnTransport {...shared} self={bob} other={alice} />);
  const [callBob] = screen.getAllByRole('button', { name: 'Call' });
  await act(async () => void (callBob && fireEvent.click(callBob)));
  const ring = await screen.findByRole('alertdialog', { name: 'Incoming call from Alice' });
  expect(ring).toBeTruthy();
  await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Decline' })));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect((await screen.findAllByText('Bob declined')).length).toBeGreaterThan(0);
});

test('own words: another language takes over during a call, which stays as it is', async () => {
  const kit = renderKit(null);
  kit.unmount();
  const { rerender } = render(<Calls {...kit.parts} language="en" />);
  await kit.say({ type: 'snapshot', data: snapshot() });
  fireEvent.click(screen.getByRole('button', { name: 'Ring' }));
  await kit.take('start').answer(entered(callView()));
  const call = screen.getByRole('region', { name: 'Call' });
  rerender(<Calls {...kit.parts} language="de" />);
  expect(screen.getByRole('region', { name: 'Anruf' })).toBe(call);
  expect(screen.getByRole('button', { name: 'Auflegen' })).toBeTruthy();
  await kit.say({ type: 'call', data: incomingView({ id: 'call_2' }) });
  expect(screen.getByRole('button', { name: 'Annehmen' })).toBeTruthy();
});

test('the README shows each recipe exactly as it is tested', () => {
  const readme = readFileSync('lib/call-ui/README.md', 'utf8');
  for (const name of readdirSync('examples/recipes'))
    expect(readme, name).toContain(readFileSync(`examples/recipes/${name}`, 'utf8').trim());
});
