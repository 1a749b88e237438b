import { type CallComponentOverrides, Ringer, type RingerProps, useRinger } from '@parley/call-kit';
import { HeadlessCallProvider } from '@parley/call-kit/headless';
import type { CallView } from '@parley/call-protocol';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type ReactNode, useEffect } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changePreferences } from '@/lib/call-ui/preferences';
import { createCallSound } from '@/lib/call-ui/sound/call-sound';
import { ringtones } from '@/lib/call-ui/sound/tones';
import { fakeAudio } from './support/audio';
import { entered, renderKit } from './support/kit';
import { page, second } from './support/page';
import { createLocks } from './support/tabs';
import { activeView, alice, callView, incomingView } from './support/views';

let audio = fakeAudio();
let locks = createLocks();
/** The notes of the kit's own sounds that were heard since the last look, in Hz. */
const struck = () => audio.heard.splice(0).map(({ hz }) => hz);
const notes = (tune: { notes: readonly { hz: number }[] }) => tune.notes.map(({ hz }) => hz);
/** What own ringers played and stopped, in their order. */
const played: string[] = [];

beforeEach(() => {
  audio = fakeAudio();
  locks = createLocks();
  played.length = 0;
  for (const [name, value] of Object.entries(audio.globals)) vi.stubGlobal(name, value);
});
afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Plays as an app would: a sound begins and ends with its turn. */
function Mine({ sound, isMyTurn, ringId, volume, call }: RingerProps) {
  useEffect(() => {
    if (!sound || !isMyTurn) return;
    played.push(`${sound} ${ringId ?? call?.id} at ${Math.round(volume * 100)}`);
    return () => void played.push(`stop ${sound}`);
  }, [sound, isMyTurn, ringId, volume, call?.id]);
  return null;
}

const Quiet = (props: RingerProps) => <Mine {...props} volume={0.01} />;
const WithoutRingback = (props: RingerProps) => (props.sound === 'ringback' ? null : <Ringer {...props} />);
const Headless = () => <Mine {...useRinger()} />;
function Broken({ sound }: RingerProps) {
  if (sound) throw new Error('no bells');
  return null;
}

async function tab(components: CallComponentOverrides, children: ReactNode = page) {
  const kit = renderKit(null);
  const { environment, ...parts } = kit.parts;
  kit.unmount();
  const own = renderKit(children, {
    components,
    environment: { ...environment, makeSound: () => createCallSound(locks) },
  });
  await own.say({ type: 'snapshot', data: { calls: [], me: { id: alice.id, doNotDisturb: false } } });
  return { ...own, parts };
}
const declined = (view: CallView = incomingView()) => ({ ...view, myRing: null, revision: 5 });

test('an own ringer plays in place of the kit, as loud as Settings say, and stops with the ring', async () => {
  changePreferences({ ringVolume: 50 });
  const kit = await tab({ Ringer: Mine });
  await kit.receiveCall(incomingView());
  expect(played).toEqual([`ringtone ring_1 at 25`]);
  await kit.receiveCall(declined());
  expect(played).toEqual([`ringtone ring_1 at 25`, 'stop ringtone']);
  expect(struck()).toEqual([]);
});

test('of two tabs one own ringer has its turn, and the other when that tab closes', async () => {
  const first = await tab({ Ringer: Mine });
  await first.receiveCall(incomingView());
  const later = await tab({ Ringer: Quiet });
  await later.receiveCall(incomingView());
  expect(played).toEqual(['ringtone ring_1 at 49']);
  await act(async () => first.unmount());
  expect(played).toEqual(['ringtone ring_1 at 49', 'stop ringtone', 'ringtone ring_1 at 1']);
  expect(struck()).toEqual([]);
});

test('the caller’s ringback and the soft tone of each ring during a call are the ringer’s as well', async () => {
  const kit = await tab({ Ringer: Mine });
  await kit.receiveCall(incomingView());
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  await kit.take('accept').answer(entered(activeView({ id: 'call_in' })));
  await kit.rooms[0]?.up();
  played.length = 0;
  await kit.receiveCall(second());
  await kit.receiveCall({
    ...second(),
    id: 'call_3',
    myRing: { id: 'ring_3', msLeft: 90_000, isQuiet: false, ringerId: 'user_carol' },
  });
  expect(played.filter((line) => line.startsWith('soft-tone')).map((line) => line.split(' ')[1])).toEqual([
    second().myRing?.id,
    'ring_3',
  ]);
  cleanup();
  played.length = 0;
  const caller = await tab({ Ringer: Mine });
  fireEvent.click(screen.getByRole('button', { name: 'Call' }));
  await caller.take('start').answer(entered(callView()));
  expect(played).toEqual(['ringback call_1 at 49']);
  await caller.receiveCall(activeView());
  expect(played).toEqual(['ringback call_1 at 49', 'stop ringback']);
  expect(struck()).toEqual([]);
});

test('null is silence: no sound, no turn, and no question to allow it', async () => {
  const kit = await tab({ Ringer: null });
  await kit.receiveCall(incomingView());
  expect(screen.getByRole('alertdialog')).toBeTruthy();
  expect(struck()).toEqual([]);
  expect((await locks.query()).held ?? []).toEqual([]);
  expect(screen.queryByText('Sound is blocked here')).toBeNull();
});

test('without an override the kit plays, and its default plays the same inside an own ringer', async () => {
  const today = await tab({});
  await today.receiveCall(incomingView());
  expect(struck()).toEqual(notes(ringtones.pebbles));
  await act(async () => today.unmount());
  const wrapped = await tab({ Ringer: WithoutRingback });
  await wrapped.receiveCall(incomingView());
  expect(struck()).toEqual(notes(ringtones.pebbles));
  await wrapped.receiveCall(declined());
  expect(struck()).toEqual([]);
});

test('a ringer that throws breaks neither ring nor call: the kit’s sound takes its place', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const kit = await tab({ Ringer: Broken });
  await kit.receiveCall(incomingView());
  expect(struck()).toEqual(notes(ringtones.pebbles));
  fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
  await kit.take('accept').answer(entered(activeView({ id: 'call_in' })));
  await kit.rooms[0]?.up();
  expect(screen.getByRole('region', { name: 'Call' }).dataset.callPhase).toBe('connected');
});

test('headless, useRinger takes the sound over for as long as it is used', async () => {
  const kit = renderKit(null);
  const { environment, ...parts } = kit.parts;
  kit.unmount();
  const view = (children: ReactNode) => (
    <HeadlessCallProvider
      {...parts}
      environment={{ ...environment, makeSound: () => createCallSound(locks) }}
    >
      {children}
    </HeadlessCallProvider>
  );
  const { rerender } = render(view(<Headless />));
  await kit.say({
    type: 'snapshot',
    data: { calls: [incomingView()], me: { id: alice.id, doNotDisturb: false } },
  });
  expect(played).toEqual(['ringtone ring_1 at 49']);
  expect(struck()).toEqual([]);
  await act(async () => rerender(view(null)));
  expect(played).toEqual(['ringtone ring_1 at 49', 'stop ringtone']);
  expect(struck()).toEqual(notes(ringtones.pebbles));
});
