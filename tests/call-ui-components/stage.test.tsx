import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallDock, CallStage } from '../../lib/call-ui/components';
import type { CallDockProps, CallStageProps } from '../../lib/call-ui/slots';
import type { CallParticipant, VideoSource } from '../../lib/call-ui/view-models';
import { alice, bob, carol, dockEdge, nothing, participant, personNamed, stageView, summary } from './fakes';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const video = (id: string): VideoSource => ({ id, isMirrored: false, attach: nothing, detach: nothing });
const [withBob, withAlice] = [
  participant(bob, { camera: video('bob') }),
  participant(alice, { camera: video('alice') }),
];
const dock = (people: CallParticipant[], change: Partial<CallDockProps> = {}) => (
  <CallDock
    {...{ people, call: summary(), notices: [], toolbar: null, expand: nothing }}
    {...{ view: stageView(), edge: dockEdge(), openPictureInPicture: null, stopSharing: null, ...change }}
  />
);
const stage = (people: CallParticipant[], change: Partial<CallStageProps> = {}) => (
  <CallStage
    {...{ people, call: summary({ kind: 'group', title: 'Weekend trip' }), notices: [], toolbar: null }}
    {...{ view: stageView(), collapse: nothing, isNarrow: false, isSideways: false, stopSharing: null }}
    {...change}
  />
);
const look = (name: string) => screen.getByRole('listitem', { name }).dataset.look;
const enlarge = (name: string) => screen.getByRole('button', { name: new RegExp(`^Enlarge ${name}`) });

describe('a microphone', () => {
  const noMicrophone = { isMuted: true, hasMicrophone: false };
  const crowd = (camera: VideoSource | null) => [
    participant(bob, { isSpeaking: true, camera }),
    participant(carol, { isMuted: true }),
    participant(personNamed('Dave'), noMicrophone),
    participant(personNamed('Erin'), { ...noMicrophone, state: 'declined', stateText: 'Declined' }),
    participant(alice, noMicrophone),
  ];

  it.each([
    ['faces', null],
    ['tiles', video('bob')],
  ])('is muted, missing or heard on %s, in words and by its shape', (_, camera) => {
    render(stage(crowd(camera)));
    const wordsOf = (name: string) => {
      const text = screen.getByRole('listitem', { name }).textContent ?? '';
      return ['Muted', 'No microphone'].filter((words) => text.includes(words));
    };
    expect(['Bob', 'Carol', 'Dave', 'Alice'].map(wordsOf)).toEqual([
      [],
      ['Muted'],
      ['No microphone'],
      ['No microphone'],
    ]);
    // Not in the call, so no word about a microphone.
    expect(wordsOf('Erin')).toEqual([]);
    const shapeOf = (name: string, words: string) =>
      within(screen.getByRole('listitem', { name })).getByText(words).parentElement?.className;
    expect(shapeOf('Carol', 'Muted')).not.toBe(shapeOf('Dave', 'No microphone'));
  });
});

describe('a picture', () => {
  it('of the other person is large, one’s own in a corner', () => {
    render(dock([withBob, withAlice]));
    expect([look('Bob'), look('Alice')]).toEqual(['main', 'corner']);
  });

  it('is made large by a click, and by another one fills the window', () => {
    const setFocus = vi.fn();
    const expand = vi.fn();
    const people = [withBob, participant(carol, { camera: video('carol') }), withAlice];
    const { rerender } = render(dock(people, { view: stageView({ setFocus }), expand }));
    fireEvent.click(enlarge('Carol'));
    expect([setFocus.mock.calls, expand.mock.calls]).toEqual([[[carol.id]], []]);
    rerender(dock(people, { view: stageView({ setFocus, focus: carol.id }), expand }));
    expect([look('Carol'), look('Bob')]).toEqual(['main', 'strip']);
    fireEvent.click(enlarge('Carol'));
    expect(expand).toHaveBeenCalledOnce();
  });

  it('that is large in the full window goes back among the others', () => {
    const setFocus = vi.fn();
    const people = [withBob, participant(carol, { camera: video('carol') }), withAlice];
    render(stage(people, { view: stageView({ setFocus, focus: carol.id }) }));
    fireEvent.click(enlarge('Carol'));
    expect(setFocus).toHaveBeenCalledWith(null);
  });

  it('goes back by Escape, in the dock', () => {
    const setFocus = vi.fn();
    render(dock([withBob, withAlice], { view: stageView({ setFocus, focus: alice.id }) }));
    fireEvent.keyDown(enlarge('Alice'), { key: 'Escape' });
    expect(setFocus).toHaveBeenCalledWith(null);
  });

  it('of one’s own moves from corner to corner by arrow keys', () => {
    const setCorner = vi.fn();
    render(dock([withBob, withAlice], { view: stageView({ setCorner }) }));
    fireEvent.keyDown(enlarge('Alice'), { key: 'ArrowUp' });
    fireEvent.keyDown(enlarge('Alice'), { key: 'ArrowLeft' });
    expect(setCorner.mock.calls).toEqual([['top-right'], ['bottom-left']]);
  });
});

describe('a shared screen', () => {
  const sharing = [participant(bob, { screen: video('screen') }), participant(alice)];

  it('is large, says whose it is, and pops out', () => {
    const openPictureInPicture = vi.fn();
    render(dock(sharing, { openPictureInPicture }));
    expect(look('Screen of Bob')).toBe('main');
    expect(screen.getByText('Bob is sharing their screen')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Stop sharing' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Pop out' }));
    expect(openPictureInPicture).toHaveBeenCalledOnce();
  });

  it('is ended by its own participant', () => {
    const stopSharing = vi.fn();
    render(dock([participant(bob), participant(alice, { screen: video('screen') })], { stopSharing }));
    expect(screen.getByText('You are sharing your screen')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Stop sharing' }));
    expect(stopSharing).toHaveBeenCalledOnce();
  });

  it('is zoomed in steps, and no smaller than whole', () => {
    render(dock(sharing));
    const [out, into] = ['Zoom out', 'Zoom in'].map((name) => screen.getByRole('button', { name }));
    if (!out || !into) throw new Error('both are there');
    expect(out.hasAttribute('disabled')).toBe(true);
    fireEvent.click(into);
    expect(screen.getByText('125 %')).toBeTruthy();
    fireEvent.click(out);
    expect(screen.getByText('100 %')).toBeTruthy();
  });
});

describe('a crowd', () => {
  const crowd = [
    ...Array.from({ length: 24 }, (_, n) => participant(personNamed(`Guest ${n}`))),
    participant(alice),
  ];

  it('shows who speaks, counts those out of sight and leads to them', () => {
    const expand = vi.fn();
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(936);
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(200);
    const speaking = crowd.map((who, n) => (n === 22 ? { ...who, isSpeaking: true } : who));
    render(dock(speaking, { expand, edge: dockEdge({ height: 288 }) }));
    const seen = screen.getAllByRole('listitem').filter((item) => item.dataset.look === 'face');
    const names = seen.map((item) => item.getAttribute('aria-label'));
    expect(names).toHaveLength(8);
    expect(names).toContain('Guest 22');
    fireEvent.click(screen.getByRole('button', { name: '+17 Everyone' }));
    expect(expand).toHaveBeenCalledOnce();
  });

  it('stands on pages in the full window', () => {
    const cameras = crowd.map((who) => ({ ...who, camera: video(who.person.id) }));
    render(stage(cameras));
    const pages = within(screen.getByRole('group', { name: 'Pages' }));
    const first = look('Guest 0');
    expect([first, pages.getByRole('button', { name: 'Previous page' }).hasAttribute('disabled')]).toEqual([
      'tile',
      true,
    ]);
    const next = pages.getByRole('button', { name: 'Next page' });
    while (!next.hasAttribute('disabled')) fireEvent.click(next);
    expect([look('Guest 0'), look('Guest 23')]).toEqual([undefined, 'tile']);
  });

  it('keeps a pinned participant first until they are unpinned', () => {
    const setPinned = vi.fn();
    const { rerender } = render(stage(crowd.slice(-5), { view: stageView({ setPinned }) }));
    fireEvent.click(screen.getByRole('button', { name: 'Pin Guest 22' }));
    expect(setPinned).toHaveBeenCalledWith('user_Guest 22');
    rerender(stage(crowd.slice(-5), { view: stageView({ setPinned, pinnedId: 'user_Guest 22' }) }));
    expect(screen.getAllByRole('listitem')[0]?.getAttribute('aria-label')).toBe('Guest 22');
    fireEvent.click(screen.getByRole('button', { name: 'Pin Guest 22', pressed: true }));
    expect(setPinned).toHaveBeenLastCalledWith(null);
  });
});

describe('the edge between call and messages', () => {
  const edge = () => screen.getByRole('separator', { name: 'Height of the call' });

  it('says how high the call is and is moved by keys', () => {
    const setSize = vi.fn();
    render(dock([participant(bob), participant(alice)], { edge: dockEdge({ setSize }) }));
    expect(edge().getAttribute('aria-valuenow')).toBe('480');
    for (const key of ['ArrowUp', 'Home', 'End', 'x']) fireEvent.keyDown(edge(), { key });
    expect(setSize.mock.calls).toEqual([[448], ['bar'], ['full']]);
  });

  it('makes it one line, which still lists everyone and leads back', () => {
    const setSize = vi.fn();
    render(dock([withBob, withAlice], { edge: dockEdge({ size: 'bar', height: 60, setSize }) }));
    expect(document.querySelector('video')).toBeNull();
    expect(screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual([
      'Bob',
      'Alice',
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Show people' }));
    expect(setSize).toHaveBeenCalledWith('half');
  });
});

describe('before the parts of a call are loaded', () => {
  it('the call has its name and its controls, and everyone in it is listed', async () => {
    vi.resetModules();
    const { CallDock: Dock } = await import('../../lib/call-ui/components/on-demand');
    const toolbar = <button type="button">Disconnect</button>;
    render(
      <Dock
        {...{ people: [withBob, withAlice], call: summary(), notices: [], toolbar, expand: nothing }}
        {...{ view: stageView(), edge: dockEdge(), openPictureInPicture: null, stopSharing: null }}
      />,
    );
    expect(screen.getByRole('region', { name: 'Call' }).dataset.callPhase).toBe('connected');
    expect(screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual([
      'Bob',
      'Alice',
    ]);
    expect(screen.getByRole('button', { name: 'Disconnect' })).toBeTruthy();
    expect(screen.queryByRole('separator')).toBeNull();
    await screen.findByRole('separator', { name: 'Height of the call' });
    expect(look('Bob')).toBe('main');
  });
});
