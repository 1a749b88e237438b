import { readFileSync } from 'node:fs';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { callAnalytics } from './recipes/analytics';
import { Branded } from './recipes/brand-colours';
import { PhoneLink } from './recipes/own-button';
import { App } from './recipes/own-incoming-window';
import { CallerName, WithNames } from './recipes/people-by-id';
import { renderKit } from './support/kit';
import { bob, incomingView, snapshot } from './support/views';

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

test('the README shows each recipe exactly as it is tested', () => {
  const readme = readFileSync('lib/call-ui/README.md', 'utf8');
  for (const name of [
    'own-incoming-window',
    'brand-colours',
    'analytics',
    'own-button',
    'people-by-id',
    'livekit-tile',
    'livekit-tile-drawn',
  ]) {
    const recipe = readFileSync(`tests/call-ui/recipes/${name}.tsx`, 'utf8').trim();
    expect(readme, name).toContain(recipe);
  }
});
