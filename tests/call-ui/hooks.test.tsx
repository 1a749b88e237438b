import { CallOverlay, type CallTarget, useCall, useStartCall } from '@parley/call-kit';
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { refusal } from './support/kit';
import { ready, talking } from './support/page';
import { activeView, alice, bob, callView, carol, incomingView, line } from './support/views';

afterEach(() => {
  cleanup();
  sessionStorage.clear();
});

function Phone({ name, target }: { name: string; target: CallTarget }) {
  const { buttonProps, refusal: reason } = useStartCall(target);
  return (
    <section aria-label={name}>
      <button {...buttonProps} aria-label="Phone">
        Phone
      </button>
      <p>{reason?.title}</p>
    </section>
  );
}
const wordsOf = (name: string) =>
  within(screen.getByRole('region', { name })).getByRole('paragraph').textContent;

test('the buttons of a refusal’s target show it, and no others do', async () => {
  const kit = await ready(
    <>
      <Phone name="Bob" target={{ userId: bob.id }} />
      <Phone name="Conversation with Bob" target={{ conversationId: 'conv_1' }} />
      <Phone name="Carol" target={{ userId: carol.id }} />
      <CallOverlay />
    </>,
  );
  fireEvent.click(within(screen.getByRole('region', { name: 'Bob' })).getByRole('button'));
  await kit.take('start').refuse(refusal('not_allowed', 'Action not allowed'));
  expect([wordsOf('Bob'), wordsOf('Conversation with Bob'), wordsOf('Carol')]).toEqual([
    'Action not allowed',
    'Action not allowed',
    '',
  ]);
  await kit.receiveCall(incomingView({ conversation: { id: 'conv_3', kind: 'group', title: 'Trip' } }));
  fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
  await kit.take('decline').refuse(refusal('unauthenticated', 'Sign in first'));
  expect([wordsOf('Bob'), wordsOf('Carol')], 'a decline is no start').toEqual(['', '']);
});

test('a group without a title rings by the names of its people', async () => {
  const kit = await ready();
  const people = [line(bob, null, 'joined'), line(carol, 'ringing', null), line(alice, 'ringing', null)];
  await kit.receiveCall(incomingView({ conversation: { id: 'conv_3', kind: 'group', title: null }, people }));
  expect(screen.getByRole('alertdialog').getAttribute('aria-label')).toBe(
    'Incoming call from Bob in Bob, Carol',
  );
});

function People() {
  const { people, phase } = useCall('call_9');
  const words = people.map((who) => `${who.person.displayName} ${who.state} ${who.ringAgain !== null}`);
  return <output aria-label="People">{`${phase} ${words.join(', ')}`}</output>;
}

test('another live call has its people with their ring states, but no way to ring them from here', async () => {
  const kit = await talking(<People />);
  const people = [
    line(alice, 'missed', null),
    line(bob, 'declined', null),
    line(carol, null, 'rejoining', 9000),
  ];
  await kit.receiveCall(callView({ id: 'call_9', callerId: carol.id, holderClientId: null, people }));
  expect(screen.getByRole('status', { name: 'People' }).textContent).toBe(
    'null Bob declined false, Carol rejoining false, Alice no_answer false',
  );
});

test('Ring again and Stop ringing are busy until they are answered, and a second click sends nothing', async () => {
  const kit = await talking();
  const conversation = { id: 'conv_1', kind: 'group' as const, title: 'Weekend trip' };
  const people = (of: 'declined' | 'ringing') => [
    line(alice, null, 'joined'),
    line(bob, 'accepted', 'joined'),
    line(carol, of, null),
  ];
  await kit.receiveCall(activeView({ conversation, people: people('declined'), revision: 5 }));
  const again = () => screen.getByRole('button', { name: 'Ring again' });
  fireEvent.click(again());
  fireEvent.click(again());
  expect(again().getAttribute('aria-busy')).toBe('true');
  await kit.take('ring').answer(activeView({ conversation, people: people('ringing'), revision: 6 }));
  expect(kit.has('ring')).toBe(false);

  fireEvent.click(screen.getByRole('button', { name: 'People and volume' }));
  const stop = () => screen.getByRole('button', { name: 'Stop ringing' });
  expect(stop().getAttribute('aria-busy')).toBe('false');
  fireEvent.click(stop());
  fireEvent.click(stop());
  expect(stop().getAttribute('aria-busy')).toBe('true');
  await kit.take('stopRing').refuse(refusal('network', 'No connection'));
  expect(kit.has('stopRing')).toBe(false);
  expect(stop().getAttribute('aria-busy')).toBe('false');
});
