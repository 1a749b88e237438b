import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallDock, CallStage, CallToolbar, DeviceMenu, MiniCallBar } from '../../lib/call-ui/components';
import type { CallDockProps, CallStageProps, CallToolbarProps } from '../../lib/call-ui/slots';
import {
  alice,
  bob,
  button,
  carol,
  control,
  device,
  dockEdge,
  nothing,
  participant,
  personNamed,
  stageView,
  summary,
} from './fakes';

afterEach(cleanup);

const toolbar = (change: Partial<CallToolbarProps> = {}) => (
  <CallToolbar
    microphone={control(true)}
    camera={control(false)}
    screen={control(false)}
    flipCamera={null}
    deviceMenu={<p>Which microphone?</p>}
    leaveProps={button()}
    leaveLabel="Disconnect"
    isNarrow={false}
    {...change}
  />
);
const dock = (change: Partial<CallDockProps> = {}): CallDockProps => ({
  call: summary(),
  people: [participant(bob), participant(alice)],
  notices: [],
  toolbar: null,
  openPictureInPicture: null,
  expand: nothing,
  view: stageView(),
  edge: dockEdge(),
  stopSharing: null,
  ...change,
});
const stage = (change: Partial<CallStageProps> = {}): CallStageProps => ({
  call: summary({ kind: 'group', title: 'Weekend trip' }),
  people: [participant(bob), participant(carol), participant(alice)],
  notices: [],
  toolbar: null,
  view: stageView(),
  stopSharing: null,
  collapse: nothing,
  isNarrow: false,
  isSideways: false,
  ...change,
});
const describedBy = (element: HTMLElement) =>
  document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent;
const listed = () => screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'));

describe('the call controls', () => {
  it.each([false, true])('say in the pressed state what is on, with whole names (narrow: %s)', (isNarrow) => {
    render(toolbar({ isNarrow }));
    const controls = within(screen.getByRole('toolbar', { name: 'Call controls' }));
    expect(controls.getByRole('button', { name: 'Microphone', pressed: true })).toBeTruthy();
    expect(controls.getByRole('button', { name: 'Camera', pressed: false })).toBeTruthy();
    expect(controls.getByRole('button', { name: 'Share screen', pressed: false })).toBeTruthy();
  });

  it('toggle and leave', () => {
    const toggle = vi.fn();
    const leave = vi.fn();
    render(toolbar({ microphone: control(true, toggle), leaveProps: button(leave), leaveLabel: 'Leave' }));
    fireEvent.click(screen.getByRole('button', { name: 'Microphone' }));
    fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
    expect([toggle.mock.calls.length, leave.mock.calls.length]).toEqual([1, 1]);
  });

  it('leave out what the browser cannot do, and flip only a camera that is on', () => {
    const flipCamera = vi.fn();
    const { rerender } = render(toolbar({ screen: { ...control(false), isSupported: false }, flipCamera }));
    expect(screen.queryByRole('button', { name: 'Share screen' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Flip camera' })).toBeNull();
    rerender(toolbar({ camera: control(true), flipCamera }));
    fireEvent.click(screen.getByRole('button', { name: 'Flip camera' }));
    expect(flipCamera).toHaveBeenCalledOnce();
  });

  it('show why the microphone is off and that the camera is busy', () => {
    render(
      toolbar({
        microphone: { ...control(false), error: 'Your microphone is blocked.' },
        camera: { ...control(false), isBusy: true },
      }),
    );
    const microphone = screen.getByRole('button', { name: 'Microphone' });
    expect(describedBy(microphone)).toBe('Your microphone is blocked.');
    expect(screen.getByRole('button', { name: 'Camera' }).getAttribute('aria-busy')).toBe('true');
  });

  it('show a missing microphone unlike a muted one, and a press on it tries again', () => {
    const toggle = vi.fn();
    const missing = { ...control(false, toggle), isMissing: true };
    const { rerender } = render(toolbar({ microphone: missing }));
    const microphone = screen.getByRole('button', { name: 'Microphone', pressed: false });
    expect(describedBy(microphone)).toBe('No microphone');
    expect(microphone.hasAttribute('data-missing')).toBe(true);
    const drawing = microphone.querySelector('svg')?.outerHTML;
    fireEvent.click(microphone);
    expect(toggle).toHaveBeenCalledTimes(1);
    rerender(toolbar({ microphone: { ...missing, error: 'Your microphone is blocked.' } }));
    expect(describedBy(microphone)).toBe('Your microphone is blocked.');
    rerender(toolbar({ microphone: control(false) }));
    expect(describedBy(microphone)).toBeUndefined();
    expect(microphone.hasAttribute('data-missing')).toBe(false);
    expect(microphone.querySelector('svg')?.outerHTML).not.toBe(drawing);
  });

  it('open the devices as a dialog', async () => {
    render(toolbar());
    expect(screen.queryByText('Which microphone?')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Devices' }));
    const dialog = await screen.findByRole('dialog', { name: 'Devices' });
    expect(within(dialog).getByText('Which microphone?')).toBeTruthy();
  });
});

describe('the device menu', () => {
  it('chooses devices, plays a test and draws the level without rendering', () => {
    const select = vi.fn();
    const testSpeaker = vi.fn();
    const setOn = vi.fn();
    let hear: (level: number) => void = nothing;
    const unsubscribe = vi.fn();
    const { unmount } = render(
      <DeviceMenu
        microphone={device('audioinput', 'Microphone', { select })}
        speaker={device('audiooutput', 'Speaker', { isSupported: false })}
        camera={device('videoinput', 'Camera', { choices: [] })}
        subscribeLevel={(listener) => {
          hear = listener;
          return unsubscribe;
        }}
        testSpeaker={testSpeaker}
        isTestingSpeaker={false}
        microphoneProblem={null}
        cameraPreview={null}
        backgroundBlur={{ isOffered: true, isOn: false, setOn }}
      />,
    );
    fireEvent.change(screen.getByRole('combobox', { name: 'Microphone' }), { target: { value: 'two' } });
    expect(select).toHaveBeenCalledWith('two');
    expect(screen.queryByRole('combobox', { name: 'Speaker' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Play a test' }));
    expect(testSpeaker).toHaveBeenCalledOnce();
    expect(screen.getByRole('option', { name: 'None found' })).toBeTruthy();
    fireEvent.click(screen.getByRole('switch', { name: 'Background blur', checked: false }));
    expect(setOn).toHaveBeenCalledWith(true);
    hear(0.42);
    expect(screen.getByRole('meter', { name: 'Microphone level' }).getAttribute('aria-valuenow')).toBe('42');
    unmount();
    expect(unsubscribe).toHaveBeenCalledOnce();
  });
});

describe('the dock', () => {
  it('is the call region with its phase, a ticking timer and everyone by name', () => {
    render(
      <CallDock
        {...dock({ people: [participant(bob, { isSpeaking: true, isMuted: true }), participant(alice)] })}
      />,
    );
    const region = screen.getByRole('region', { name: 'Call' });
    expect([region.dataset.callPhase, region.dataset.callKind, region.dataset.connection]).toEqual([
      'connected',
      'direct',
      'good',
    ]);
    expect(screen.getByRole('timer').textContent).toBe('12:04');
    expect(listed()).toEqual(['Bob', 'Alice']);
    const face = screen.getByRole('listitem', { name: 'Bob' }).querySelector('[data-connection]');
    expect(face instanceof HTMLElement && [face.dataset.speaking, face.dataset.muted]).toEqual([
      'true',
      'true',
    ]);
  });

  it('has no timer before I am connected', () => {
    render(<CallDock {...dock({ call: summary({ phase: 'connecting', stateText: 'Connecting…' }) })} />);
    expect(screen.queryByRole('timer')).toBeNull();
    expect(screen.getByText('Connecting…')).toBeTruthy();
  });

  it('counts down when the only other participant is rejoining', () => {
    render(
      <CallDock
        {...dock({
          people: [
            participant(bob, { state: 'rejoining', stateText: 'Reconnecting…', rejoinMsLeft: 11_400 }),
            participant(alice),
          ],
        })}
      />,
    );
    expect(screen.getByRole('status').textContent).toBe('Bob’s connection dropped');
    expect(screen.getByRole('listitem', { name: 'Bob' }).textContent).toContain(
      'Ending in 12 s if Bob does not come back',
    );
    // My own face without a picture would only take the place.
    expect(listed(), 'everybody, also who is not seen').toEqual(['Bob', 'Alice']);
    expect(screen.getByRole('listitem', { name: 'Alice' }).className).toContain('hidden');
  });

  it('announces no end while another participant is present or being rung', () => {
    const gone = participant(bob, { state: 'rejoining', stateText: 'Reconnecting…', rejoinMsLeft: 11_400 });
    const { rerender } = render(
      <CallDock {...dock({ people: [gone, participant(carol), participant(alice)] })} />,
    );
    expect(screen.queryByText(/Ending in/)).toBeNull();
    rerender(
      <CallDock
        {...dock({ people: [gone, participant(carol, { state: 'ringing' }), participant(alice)] })}
      />,
    );
    expect(screen.queryByText(/Ending in/)).toBeNull();
  });

  it('rings a callee who declined again, and turns a participant down on this device', async () => {
    const ringAgain = vi.fn();
    const setVolume = vi.fn();
    render(
      <CallDock
        {...dock({
          call: summary({ kind: 'group', title: 'Weekend trip' }),
          people: [
            participant(bob, { setVolume }),
            participant(carol, { state: 'declined', stateText: 'Declined', ringAgain }),
            participant(alice),
          ],
        })}
      />,
    );
    fireEvent.click(
      within(screen.getByRole('listitem', { name: 'Carol' })).getByRole('button', { name: 'Ring again' }),
    );
    expect(ringAgain).toHaveBeenCalledOnce();
    fireEvent.click(screen.getByRole('button', { name: 'People and volume' }));
    fireEvent.change(await screen.findByRole('slider', { name: 'Volume of Bob' }), {
      target: { value: '40' },
    });
    expect(setVolume).toHaveBeenCalledWith(40);
  });

  it('shows a notice with one way to act on it', () => {
    const onClick = vi.fn();
    render(
      <CallDock
        {...dock({
          notices: [{ id: 'microphone_blocked', problem: 'refused', name: 'Bob', act: onClick }],
        })}
      />,
    );
    expect(screen.getByRole('alert').textContent).toContain(
      'Your microphone is blocked. Bob can’t hear you.',
    );
    fireEvent.click(screen.getByRole('button', { name: 'Allow microphone' }));
    expect(onClick).toHaveBeenCalledOnce();
  });

  it('isolates a name that is written from right to left', () => {
    render(<CallDock {...dock({ people: [participant(personNamed('ليلى حداد')), participant(alice)] })} />);
    expect(screen.getByRole('listitem', { name: 'ليلى حداد' }).querySelector('bdi')?.textContent).toBe(
      'ليلى حداد',
    );
  });
});

describe('the full window', () => {
  it('is dark in both themes and lists everyone once, with or without a large one', () => {
    const { rerender } = render(<CallStage {...stage()} />);
    expect(screen.getByRole('region', { name: 'Call' }).dataset.theme).toBe('dark');
    expect(listed().sort()).toEqual(['Alice', 'Bob', 'Carol']);
    rerender(<CallStage {...stage({ view: stageView({ focus: carol.id }) })} />);
    expect(listed().sort()).toEqual(['Alice', 'Bob', 'Carol']);
  });

  it('gives a shared screen the middle, and takes the video off the page with it', () => {
    const source = { id: 'screen', isMirrored: false, attach: vi.fn(), detach: vi.fn() };
    const people = [participant(bob, { screen: source }), participant(carol), participant(alice)];
    const { unmount } = render(<CallStage {...stage({ people })} />);
    expect(screen.getByText('Bob is sharing their screen')).toBeTruthy();
    expect(source.attach).toHaveBeenCalledOnce();
    expect(listed().sort()).toEqual(['Alice', 'Bob', 'Carol', 'Screen of Bob']);
    unmount();
    expect(source.detach).toHaveBeenCalledOnce();
  });

  it('keeps people and chat at hand, and counts what was not read', () => {
    const toggle = vi.fn();
    const chat = { isOpen: false, toggle, unreadCount: 2, content: <p>Hello</p> };
    const { rerender } = render(<CallStage {...stage({ chat })} />);
    expect(screen.getByRole('button', { name: 'People and volume' })).toBeTruthy();
    expect(screen.queryByRole('complementary', { name: 'Chat' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Chat, 2 unread', pressed: false }));
    rerender(<CallStage {...stage({ chat: { ...chat, isOpen: true } })} />);
    expect(screen.getByRole('complementary', { name: 'Chat' }).textContent).toContain('Hello');
    expect(screen.getByRole('button', { name: 'Chat', pressed: true })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Close chat' }));
    expect(toggle).toHaveBeenCalledTimes(2);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Chat' }));
  });

  it('has no chat button where the app brings no messages, nor on a phone', () => {
    const chat = { isOpen: false, toggle: nothing, unreadCount: 0, content: null };
    const { rerender } = render(<CallStage {...stage()} />);
    expect(screen.queryByRole('button', { name: 'Chat' })).toBeNull();
    rerender(<CallStage {...stage({ chat, isNarrow: true })} />);
    expect(screen.queryByRole('button', { name: 'Chat' })).toBeNull();
  });

  it('takes the focus that was lost with the button that was pressed, and no other', () => {
    const { unmount } = render(<CallStage {...stage()} />);
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Call' }));
    unmount();
    render(<input aria-label="Elsewhere" />);
    screen.getByRole('textbox', { name: 'Elsewhere' }).focus();
    render(<CallStage {...stage()} />);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Elsewhere' }));
  });

  it('holds 25 people', () => {
    const people = Array.from({ length: 25 }, (_, index) => participant(personNamed(`Person ${index}`)));
    render(<CallStage {...stage({ people })} />);
    expect(listed()).toHaveLength(25);
    expect(screen.getByText('25 people')).toBeTruthy();
  });

  it('goes back, by its button and by Escape, but not from a menu that is open', async () => {
    const collapse = vi.fn();
    render(<CallStage {...stage({ collapse })} />);
    fireEvent.click(screen.getByRole('button', { name: 'Back to the conversation' }));
    expect(collapse).toHaveBeenCalledOnce();
    fireEvent.keyDown(screen.getByRole('region', { name: 'Call' }), { key: 'Escape' });
    expect(collapse).toHaveBeenCalledTimes(2);
    fireEvent.click(screen.getByRole('button', { name: 'People and volume' }));
    const menu = await screen.findByRole('dialog', { name: 'People and volume' });
    fireEvent.keyDown(menu, { key: 'Escape' });
    expect(collapse).toHaveBeenCalledTimes(2);
  });
});

describe('the mini call bar', () => {
  it('goes back to the call, mutes and leaves', () => {
    const open = vi.fn();
    const toggle = vi.fn();
    const leave = vi.fn();
    render(
      <MiniCallBar
        call={summary()}
        people={[participant(bob), participant(alice)]}
        speaker={participant(bob)}
        microphone={control(true, toggle)}
        leaveProps={button(leave)}
        leaveLabel="Disconnect"
        open={open}
      />,
    );
    expect(screen.getByRole('region', { name: 'Call' }).dataset.callPhase).toBe('connected');
    expect(screen.getByRole('timer').textContent).toBe('12:04');
    expect(listed()).toEqual(['Bob', 'Alice']);
    const controls = within(screen.getByRole('toolbar', { name: 'Call controls' }));
    expect(controls.getAllByRole('button').map((one) => one.getAttribute('aria-label'))).toEqual([
      'Microphone',
      'Disconnect',
    ]);
    fireEvent.click(screen.getByRole('button', { name: /Back to the call/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Microphone', pressed: true }));
    fireEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
    expect([open, toggle, leave].map((spy) => spy.mock.calls.length)).toEqual([1, 1, 1]);
  });
});
