import {
  CallOverlay,
  CallProvider,
  type PersonAnswer,
  type ResolvePerson,
  type SentCallView,
  usePerson,
  useRefreshPeople,
} from '@parley/call-kit';
import { type CallWords, english, german } from '@parley/call-kit/words';
import type { CallView } from '@parley/call-protocol';
import { act, cleanup, configure, fireEvent, screen, within } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { entered, renderKit } from './support/kit';
import { page, region } from './support/page';
import { activeView, alice, bob, callView, carol, incomingView, line, snapshot } from './support/views';

afterEach(() => {
  cleanup();
  configure({ reactStrictMode: false });
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  sessionStorage.clear();
});

/** The call as a transport sends it that knows no names. */
const bare = (view: CallView): SentCallView => ({
  ...view,
  people: view.people.map((one) => ({ ...one, user: { id: one.user.id } })),
});

/** Questions that a test answers by hand. */
function directory() {
  const asked: {
    id: string;
    answer: (found: PersonAnswer | null) => Promise<void>;
    fail: () => Promise<void>;
  }[] = [];
  const resolvePerson = vi.fn<ResolvePerson>(
    (id) =>
      new Promise((resolve, reject) =>
        asked.push({
          id,
          answer: (found) => act(async () => resolve(found)),
          fail: () => act(async () => reject(new Error('offline'))),
        }),
      ),
  );
  const ids = () => resolvePerson.mock.calls.map(([id]) => id);
  return { asked, resolvePerson, ids };
}

async function show(resolvePerson: ResolvePerson | undefined, children = page) {
  const kit = renderKit(children, { resolvePerson });
  await kit.say({ type: 'snapshot', data: { calls: [], me: { id: alice.id, doNotDisturb: false } } });
  return kit;
}

/** Collects errors that the kit passes to the app's developer. */
function reported() {
  const errors: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => errors.push(error));
  return errors;
}

test('a ring shows at once without a name, which comes later and is not announced again', async () => {
  const { asked, resolvePerson } = directory();
  const kit = await show(resolvePerson);
  await kit.receiveCall(bare(incomingView()));
  const ring = screen.getByRole('alertdialog', { name: 'Incoming call from Someone' });
  const spoken = () => ring.querySelector('[aria-live="assertive"]')?.textContent;
  expect(spoken()).toBe('Incoming call from Someone');
  const accept = within(ring).getByRole('button', { name: 'Accept' });
  accept.focus();
  await asked[0]?.answer({ displayName: 'Bob', avatarUrl: '/bob.webp' });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBe(ring);
  expect(document.activeElement).toBe(accept);
  expect(ring.querySelector('img')?.getAttribute('src')).toBe('/bob.webp');
  expect(spoken()).toBe('Incoming call from Someone');
});

test('a name that is known at once is there from the first moment', async () => {
  const kit = await show((id) => ({ displayName: `Name of ${id}` }));
  await kit.receiveCall(bare(incomingView()));
  const ring = screen.getByRole('alertdialog', { name: 'Incoming call from Name of user_bob' });
  expect(ring.querySelector('[aria-live="assertive"]')?.textContent).toBe(
    'Incoming call from Name of user_bob',
  );
});

test('everyone of a call is asked for once and in one turn, and never who is signed in', async () => {
  const { asked, resolvePerson, ids } = directory();
  const kit = await show(resolvePerson);
  const group = { id: 'conv_1', kind: 'group' as const, title: null };
  const people = [line(bob, null, 'joined'), line(carol, 'ringing', null), line(alice, 'ringing', null)];
  await kit.receiveCall(bare(incomingView({ conversation: group, people })));
  expect(ids()).toEqual([bob.id, carol.id]);
  await kit.receiveCall(bare(incomingView({ conversation: group, people, revision: 5 })));
  for (const { id, answer } of asked) await answer({ displayName: id === bob.id ? 'Bob' : 'Carol' });
  await kit.receiveCall(bare(incomingView({ conversation: group, people, revision: 6 })));
  expect(ids()).toEqual([bob.id, carol.id]);
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob in Bob, Carol' })).toBeTruthy();
});

test('a call to an id has its name wherever it stands, also from answers that bring ids', async () => {
  const { asked, resolvePerson } = directory();
  const kit = await show(resolvePerson);
  fireEvent.click(screen.getAllByRole('button', { name: 'Call' })[0] as HTMLElement);
  await kit.take('start').answer({ ...entered(callView()), call: bare(callView()) });
  await kit.rooms[0]?.up();
  await asked[0]?.answer({ displayName: 'Bob' });
  expect(within(region()).getAllByText('Bob').length).toBeGreaterThan(0);
  await kit.receiveCall(bare(activeView()));
  expect(region().textContent).toContain('Bob');
  expect(document.body.textContent).not.toContain('Someone');
  await kit.receiveCall(bare(activeView({ status: 'ended', endReason: 'completed', revision: 9 })));
  expect(screen.getByText(/with Bob/)).toBeTruthy();
});

test('the card of an ended call gets the name that comes after the end', async () => {
  const { asked, resolvePerson } = directory();
  const kit = await show(resolvePerson);
  fireEvent.click(screen.getAllByRole('button', { name: 'Call' })[0] as HTMLElement);
  await kit.take('start').answer({ ...entered(callView()), call: bare(callView()) });
  await kit.receiveCall(bare(callView({ status: 'ended', endReason: 'declined', revision: 9 })));
  expect(screen.getByText(/Someone.* declined/)).toBeTruthy();
  await asked[0]?.answer({ displayName: 'Bob' });
  expect(screen.getByText(/Bob.* declined/)).toBeTruthy();
});

test('a failure leaves the placeholder, reaches the developer, and is asked anew with a later ring', async () => {
  vi.useFakeTimers();
  const errors = reported();
  const { asked, resolvePerson, ids } = directory();
  const kit = await show(resolvePerson);
  await kit.receiveCall(bare(incomingView()));
  await asked[0]?.fail();
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Someone' })).toBeTruthy();
  expect(errors).toEqual([new Error('offline')]);
  await kit.receiveCall(bare(incomingView({ revision: 2 })));
  expect(ids()).toEqual([bob.id]);
  await vi.advanceTimersByTimeAsync(10_000);
  await kit.receiveCall(bare(incomingView({ revision: 3 })));
  await asked[1]?.answer({ displayName: 'Bob' });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
});

test('a placeholder changes with the language, wherever it stands, and a name does not', async () => {
  const { asked, resolvePerson } = directory();
  const kit = await show(resolvePerson, <CallOverlay />);
  const speak = (words: CallWords) =>
    kit.rerender(
      <CallProvider {...kit.parts} resolvePerson={resolvePerson} words={words}>
        <CallOverlay />
      </CallProvider>,
    );
  await kit.receiveCall(bare(incomingView()));
  const shownName = () => screen.getByRole('alertdialog').querySelector('bdi')?.textContent;
  expect(shownName()).toBe('Someone');
  speak(german);
  expect(shownName()).toBe('Jemand');
  expect(resolvePerson).toHaveBeenCalledTimes(1);
  await asked[0]?.answer({ displayName: 'Bob' });
  speak(english);
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
});

test('a resolver that throws, knows no such person, or is missing breaks no ring', async () => {
  const errors = reported();
  const fails: ResolvePerson = () => {
    throw new Error('broken');
  };
  for (const resolver of [fails, () => null, () => ({ displayName: '' }), undefined]) {
    const kit = await show(resolver);
    await kit.receiveCall(bare(incomingView()));
    expect(screen.getByRole('alertdialog', { name: 'Incoming call from Someone' })).toBeTruthy();
    cleanup();
  }
  expect(errors).toEqual([new Error('broken')]);
});

test('people who are sent whole are shown as they are, and the resolver is not asked', async () => {
  const { resolvePerson } = directory();
  const kit = renderKit(page, { resolvePerson });
  await kit.say({ type: 'snapshot', data: snapshot([incomingView()]) });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
  expect(resolvePerson).not.toHaveBeenCalled();
});

test('a name alone is enough of a person, and the stream names ids as well', async () => {
  const { resolvePerson } = directory();
  const kit = await show(resolvePerson);
  const people = [
    { ...line(bob, null, 'joined'), user: { id: bob.id, displayName: 'Bobby' } },
    ...bare(incomingView()).people.slice(1),
  ];
  await kit.receiveCall({ ...incomingView(), people });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bobby' })).toBeTruthy();
  await kit.say({
    type: 'snapshot',
    data: { calls: [bare(incomingView())], me: { id: alice.id, doNotDisturb: false }, users: [bob] },
  });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' })).toBeTruthy();
  await kit.say({ type: 'users', data: [{ ...bob, displayName: 'Robert' }] });
  expect(screen.getByRole('alertdialog', { name: 'Incoming call from Robert' })).toBeTruthy();
  expect(resolvePerson).not.toHaveBeenCalled();
});

function Caller({ id }: { id: string }) {
  const { person, state, refresh } = usePerson(id);
  const refreshAll = useRefreshPeople();
  return (
    <p>
      {person.displayName} {state}{' '}
      <button type="button" onClick={refresh}>
        Ask
      </button>
      <button type="button" onClick={() => refreshAll()}>
        Ask for all
      </button>
    </p>
  );
}
const words = () => screen.getByText(/asked|known/).textContent;

test('usePerson asks once for all who use it, keeps the name while it asks anew, and takes the newest answer', async () => {
  configure({ reactStrictMode: true });
  const { asked, resolvePerson, ids } = directory();
  await show(resolvePerson, <Caller id="user_9" />);
  expect(words()).toContain('Someone asked');
  expect(ids()).toEqual(['user_9']);
  await asked[0]?.answer({ displayName: 'Nine' });
  expect(words()).toContain('Nine known');
  fireEvent.click(screen.getByRole('button', { name: 'Ask' }));
  fireEvent.click(screen.getByRole('button', { name: 'Ask for all' }));
  expect(words()).toContain('Nine known');
  await asked[2]?.answer({ displayName: 'Newest' });
  await asked[1]?.answer({ displayName: 'Late' });
  expect(words()).toContain('Newest known');
});

test('usePerson knows who is signed in and whom the transport has named, without asking', async () => {
  const { resolvePerson } = directory();
  const kit = renderKit(<Caller id={bob.id} />, { resolvePerson });
  await kit.say({ type: 'snapshot', data: snapshot() });
  expect(words()).toContain('Bob known');
  kit.unmount();
  await show(resolvePerson, <Caller id={alice.id} />);
  expect(words()).toContain('Alice known');
});

test('an answer after everything was unmounted changes nothing, and a server renders the placeholder', async () => {
  const { asked, resolvePerson } = directory();
  const kit = await show(resolvePerson);
  await kit.receiveCall(bare(incomingView()));
  kit.unmount();
  await asked[0]?.answer({ displayName: 'Bob' });
  expect(document.body.textContent).toBe('');
  const html = renderToString(
    <CallProvider {...kit.parts} resolvePerson={resolvePerson}>
      <Caller id="user_9" />
    </CallProvider>,
  );
  expect(html).toContain('Someone');
  expect(resolvePerson).toHaveBeenCalledTimes(1);
});
