import { useDevices, useRingtoneTest } from '@parley/call-kit';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { requestCamera } from '@/lib/call-ui/media/request-camera';
import { requestMicrophone } from '@/lib/call-ui/media/request-microphone';
import { changePreferences, readPreferences } from '@/lib/call-ui/preferences';
import { entered } from './support/kit';
import { page, ready, talking } from './support/page';
import { activeView, callView } from './support/views';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  sessionStorage.clear();
  localStorage.clear();
});

const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));

test('a camera that opens after its call has ended does not concern the next call', async () => {
  const kit = await talking();
  let fail = (_error: Error) => {};
  const room = kit.rooms[0];
  if (!room) throw new Error('the call has a room');
  room.setCamera = () => new Promise((_, reject) => (fail = reject));
  await press('Camera');
  expect(button('Camera').getAttribute('aria-busy')).toBe('true');
  await press('Disconnect');
  await kit.take('leave').answer(activeView({ status: 'ended', endReason: 'completed', revision: 9 }));

  await act(
    async () => void fireEvent.click(screen.getAllByRole('button', { name: 'Call' })[0] ?? document.body),
  );
  await kit.take('start').answer(entered(callView({ id: 'call_next' })));
  await kit.rooms[1]?.up();
  expect(button('Camera').getAttribute('aria-busy')).toBe('false');
  await act(async () => fail(new Error('too late')));
  expect(screen.queryByText('Your camera could not be switched on.')).toBeNull();
  expect(button('Camera').getAttribute('aria-busy')).toBe('false');
});

test('a speaker that can’t be used is said to be the speaker', async () => {
  const kit = await talking();
  const room = kit.rooms[0];
  if (!room) throw new Error('the call has a room');
  room.switchDevice = async () => {
    throw new DOMException('gone', 'NotFoundError');
  };
  await act(async () => changePreferences({ speakerId: 'desk-speaker' }));
  expect(screen.getByRole('alert').textContent).toContain('This speaker could not be used');
  expect(screen.queryByText(/microphone/i, { selector: '[role=status], [role=alert]' })).toBeNull();
});

function Tone() {
  const { play } = useRingtoneTest();
  return (
    <button type="button" onClick={play}>
      Play ringtone
    </button>
  );
}

test('a ringtone that is tried out stops with the page that tries it', async () => {
  const tone = { isOn: false };
  const kit = await ready(
    <>
      {page}
      <Tone />
    </>,
  );
  kit.world.playRingtone = () => {
    tone.isOn = true;
    return () => {
      tone.isOn = false;
    };
  };
  await press('Play ringtone');
  expect(tone.isOn).toBe(true);
  kit.unmount();
  expect(tone.isOn).toBe(false);
});

function Names({ kind }: { kind: 'audioinput' | 'videoinput' }) {
  return (
    <p>
      {useDevices(kind)
        .choices.map(({ label }) => label)
        .join(', ')}
    </p>
  );
}

test.each([
  ['audioinput', 'Desk microphone', () => requestMicrophone(readPreferences())],
  ['videoinput', 'Desk camera', () => requestCamera('')],
] as const)(
  'the list of %s has its names once the browser allows one, without a call',
  async (kind, label, ask) => {
    let isAllowed = false;
    const tracks = () => [{}];
    vi.stubGlobal('navigator', {
      mediaDevices: {
        enumerateDevices: async () => [
          { kind, deviceId: isAllowed ? 'desk' : '', label: isAllowed ? label : '' },
        ],
        getUserMedia: async () => {
          isAllowed = true;
          return { getAudioTracks: tracks, getVideoTracks: tracks };
        },
      },
    });
    await ready(<Names kind={kind} />);
    expect(screen.getByText('System default')).toBeTruthy();
    await act(async () => void (await ask()));
    expect(screen.getByText(`System default, ${label}`)).toBeTruthy();
  },
);
