import { avatarHues } from '@parley/call-protocol';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  Avatar,
  CallButtonView,
  CallEntry,
  defaultComponents,
  EndedCard,
  MoveCallCard,
  RefusalAlert,
  StartCallSheet,
  SwitchCallDialog,
} from '../../lib/call-ui/components';
import { avatarHue, initialOf, initialsOf } from '../../lib/call-ui/components/avatar-hue';
import type { CallEntryProps } from '../../lib/call-ui/slots';
import { joinNames, lengthInWords } from '../../lib/call-ui/words/in-sentences';
import { formatDuration, isolateText } from '../../lib/call-ui/words/text';
import { alice, bob, button, carol, nothing } from './fakes';

afterEach(cleanup);

describe('the start sheet', () => {
  it('names who will ring, starts with Join call and closes with Cancel or Escape', () => {
    const join = vi.fn();
    const cancel = vi.fn();
    render(
      <StartCallSheet
        people={[bob, carol]}
        title="Weekend trip"
        joinProps={button(join)}
        cancel={cancel}
        deviceMenu={<p>Which microphone?</p>}
      />,
    );
    const sheet = within(screen.getByRole('dialog', { name: 'Start call' }));
    expect(sheet.getByRole('heading', { name: 'Call Weekend trip' })).toBeTruthy();
    expect(sheet.getByText('Bob')).toBeTruthy();
    expect(sheet.getByText('Carol')).toBeTruthy();
    expect(sheet.queryByText('Which microphone?')).toBeNull();
    fireEvent.click(sheet.getByRole('button', { name: 'Check devices' }));
    expect(sheet.getByText('Which microphone?')).toBeTruthy();
    fireEvent.click(sheet.getByRole('button', { name: 'Check devices' }));
    expect(sheet.queryByText('Which microphone?')).toBeNull();
    fireEvent.click(sheet.getByRole('button', { name: 'Join call' }));
    expect(join).toHaveBeenCalledOnce();
    fireEvent.click(sheet.getByRole('button', { name: 'Cancel' }));
    expect(cancel).toHaveBeenCalledTimes(1);
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape', code: 'Escape' });
    expect(cancel).toHaveBeenCalledTimes(2);
    expect(join).toHaveBeenCalledOnce();
  });
});

describe('the line of a call', () => {
  it('is typed in the sheet, says when it is too long, and calls with Enter', () => {
    const setLine = vi.fn();
    const join = vi.fn();
    const sheet = { people: [bob], title: 'Bob', cancel: vi.fn(), deviceMenu: null, setLine };
    const { rerender } = render(<StartCallSheet {...sheet} line="" joinProps={button(join)} />);
    const field = screen.getByRole('textbox', { name: 'What’s it about? Optional' });
    fireEvent.change(field, { target: { value: 'about the shelves?' } });
    expect(setLine).toHaveBeenCalledWith('about the shelves?');
    const disabled = { ...button(join), disabled: true };
    rerender(<StartCallSheet {...sheet} line="x" charactersOver={1} joinProps={disabled} />);
    expect(screen.getByText('1 character too many')).toBeTruthy();
    fireEvent.submit(field);
    expect(join).not.toHaveBeenCalled();
    rerender(<StartCallSheet {...sheet} line="x" joinProps={button(join)} />);
    fireEvent.submit(field);
    expect(join).toHaveBeenCalledOnce();
  });
});

describe('the switch dialog', () => {
  it.each([false, true])('names both calls and offers to switch or stay (narrow: %s)', (isNarrow) => {
    const switchCall = vi.fn();
    const stay = vi.fn();
    render(
      <SwitchCallDialog
        from={{ title: 'Weekend trip', kind: 'group', person: null }}
        to={{ title: 'Bob', kind: 'direct', person: bob }}
        durationMs={724_000}
        switchProps={button(switchCall)}
        stay={stay}
        isNarrow={isNarrow}
      />,
    );
    const dialog = within(screen.getByRole('dialog', { name: 'Switch call?' }));
    expect(dialog.getByText('Weekend trip')).toBeTruthy();
    expect(dialog.getByText('Bob')).toBeTruthy();
    expect(dialog.getByText('12:04')).toBeTruthy();
    fireEvent.click(dialog.getByRole('button', { name: 'Switch call' }));
    fireEvent.click(dialog.getByRole('button', { name: 'Stay' }));
    expect([switchCall.mock.calls.length, stay.mock.calls.length]).toEqual([1, 1]);
  });

  it.each([
    ['accept', 'Calling you now'],
    ['join', 'You join this call'],
    ['start', 'You start this call'],
  ] as const)('says what becomes of the other call (%s)', (entry, words) => {
    const props = { durationMs: null, switchProps: button(), stay: nothing, isNarrow: false };
    const from = { title: 'Weekend trip', kind: 'group', person: null } as const;
    render(
      <SwitchCallDialog from={from} to={{ title: 'Bob', kind: 'direct', person: bob, entry }} {...props} />,
    );
    expect(screen.getByRole('dialog', { name: 'Switch call?' }).textContent).toContain(words);
  });
});

describe('what comes after', () => {
  it('a refusal is an alert that can be dismissed', () => {
    const dismiss = vi.fn();
    render(<RefusalAlert title="Action not allowed" detail="You can’t call Erin." dismiss={dismiss} />);
    expect(screen.getByRole('alert').textContent).toContain('Action not allowed');
    expect(screen.getByRole('alert').textContent).toContain('You can’t call Erin.');
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(dismiss).toHaveBeenCalledOnce();
  });

  it('an ended call is a status with Call again and Message', () => {
    const again = vi.fn();
    const message = vi.fn();
    render(
      <EndedCard
        title="Call ended"
        detail="18 min with Bob"
        person={bob}
        groupTitle={null}
        callAgainProps={button(again)}
        messageProps={button(message)}
        dismiss={vi.fn()}
      />,
    );
    expect(screen.getByRole('status').textContent).toContain('Call ended');
    expect(screen.getByRole('status').textContent).toContain('18 min with Bob');
    fireEvent.click(screen.getByRole('button', { name: 'Call again' }));
    fireEvent.click(screen.getByRole('button', { name: 'Message' }));
    expect([again.mock.calls.length, message.mock.calls.length]).toEqual([1, 1]);
  });

  it('another device can bring the call over', () => {
    const move = vi.fn();
    render(<MoveCallCard title="You’re in this call on another device" moveProps={button(move)} />);
    fireEvent.click(screen.getByRole('button', { name: 'Move call here' }));
    expect(move).toHaveBeenCalledOnce();
  });
});

describe('the call button', () => {
  it('is named by its label, also as an icon alone, and shows when it is busy', () => {
    const { rerender } = render(
      <CallButtonView buttonProps={button()} label="Call" state="idle" look="icon" />,
    );
    expect(screen.getByRole('button', { name: 'Call' }).textContent).toBe('');
    rerender(<CallButtonView buttonProps={button()} label="Calling…" state="busy" look="header" />);
    expect(screen.getByRole('button', { name: 'Calling…' }).getAttribute('aria-busy')).toBe('true');
  });
});

describe('the call entry', () => {
  const showEntry = (entry: Partial<CallEntryProps['entry']>, props: Partial<CallEntryProps> = {}) => {
    const { container } = render(
      <CallEntry
        entry={{
          callId: 'call_1',
          conversationId: 'conv_1',
          conversationKind: 'direct',
          callerId: bob.id,
          outcome: 'missed',
          personIds: [bob.id],
          lengthMs: null,
          line: null,
          startedAt: 0,
          ...entry,
        }}
        viewerId={alice.id}
        personOf={(id) => [alice, bob, carol].find((who) => who.id === id) ?? null}
        count={1}
        timeText="9:48"
        callBackProps={null}
        joinProps={null}
        {...props}
      />,
    );
    return container.textContent;
  };

  it.each([
    [{ outcome: 'missed' }, 'Missed call from Bob·9:48'],
    [{ outcome: 'missed', callerId: 'user_gone' }, 'Missed call from Someone·9:48'],
    [{ outcome: 'completed', lengthMs: 724_000 }, '12 min call with Bob·9:48'],
    [{ outcome: 'declined', callerId: alice.id }, 'Bob declined·9:48'],
    [{ outcome: 'declined', personIds: [alice.id] }, 'You declined a call from Bob·9:48'],
    // In a group, for a member who was not rung.
    [{ outcome: 'declined', personIds: [carol.id] }, 'Carol declined·9:48'],
    [{ outcome: 'no_answer', callerId: alice.id }, 'No answer·9:48'],
    [{ outcome: 'unreachable', callerId: alice.id }, 'Not reachable·9:48'],
    [{ outcome: 'cancelled', callerId: alice.id }, 'Call cancelled·9:48'],
    [{ outcome: 'live', personIds: [bob.id, carol.id] }, 'Bob and Carol are talking·9:48'],
    // While I am in it, its line shows only when it began.
    [{ outcome: 'live', callerId: alice.id, personIds: [alice.id, bob.id] }, 'Call started by you·9:48'],
    [{ outcome: 'live', personIds: [alice.id, bob.id] }, 'Call started by Bob·9:48'],
  ] as const)('shows %o as its reader saw it', (entry, words) => {
    expect(showEntry({ ...entry, personIds: 'personIds' in entry ? [...entry.personIds] : [bob.id] })).toBe(
      words,
    );
  });

  it('says who calls while the ring’s window is shown, and counts short talks', () => {
    expect(showEntry({ outcome: 'live' }, { ringerId: bob.id })).toBe('Bob is calling…·9:48');
    expect(showEntry({ outcome: 'completed', lengthMs: 4000 }, { count: 3 })).toBe(
      '3 short calls with Bob·9:48',
    );
  });

  it('counts repeats and offers to call back or join', () => {
    const back = vi.fn();
    const join = vi.fn();
    expect(showEntry({}, { count: 3, callBackProps: button(back) })).toContain('3 times');
    fireEvent.click(screen.getByRole('button', { name: 'Call back' }));
    showEntry({ outcome: 'live' }, { joinProps: button(join) });
    fireEvent.click(screen.getByRole('button', { name: 'Join call' }));
    expect([back.mock.calls.length, join.mock.calls.length]).toEqual([1, 1]);
  });
});

describe('the small rules', () => {
  it('durations are m:ss, and h:mm:ss from an hour on', () => {
    expect([7_900, 724_000, 3_729_000, -5].map(formatDuration)).toEqual(['0:07', '12:04', '1:02:09', '0:00']);
    expect([0, 40_000, 59_600, 724_000, 3_600_000, 3_900_000].map((ms) => lengthInWords(ms))).toEqual([
      '1 s',
      '40 s',
      '59 s',
      '12 min',
      '1 h',
      '1 h 5 min',
    ]);
  });

  it('many names are shortened', () => {
    expect(joinNames(['Bob', 'Carol', 'Dave'])).toBe('Bob, Carol and Dave');
    expect(joinNames(['Bob', 'Carol', 'Dave', 'Erin'])).toBe('Bob, Carol and 2 others');
  });

  it('a right-to-left name does not turn the sentence around it', () => {
    expect(isolateText('عدي')).toBe('\u2068عدي\u2069');
    expect(isolateText('דנה Miller')).toBe('\u2068דנה Miller\u2069');
    expect(isolateText('Zoë 2')).toBe('Zoë 2');
    expect(joinNames(['عدي', 'Bob'])).toBe('\u2068عدي\u2069 and Bob');
  });

  it('a person has the colour that was dealt to them; without one the id chooses one of the twelve', () => {
    const { container } = render(
      <>
        <Avatar id="user_1" name="Alice" size={40} hue={218} />
        <Avatar id="user_1" name="Alice" size={40} />
      </>,
    );
    const hues = [...container.querySelectorAll('span')].map((avatar) =>
      avatar.style.getPropertyValue('--k-hue'),
    );
    expect(hues).toEqual(['218', String(avatarHue('user_1'))]);
    const chosen = new Set(Array.from({ length: 500 }, (_, n) => avatarHue(`user_${n}`)));
    expect([...chosen].sort()).toEqual([...avatarHues].sort());
  });

  it('initials work for every script', () => {
    expect(['Alice', 'bob miller', 'عدي لوي', '🦊 Fuchs', '  '].map(initialsOf)).toEqual([
      'A',
      'BM',
      'ع',
      '🦊',
      '?',
    ]);
  });

  it('a group has one letter, however many words its title has', () => {
    expect(['Weekend trip', ' garden crew', ''].map(initialOf)).toEqual(['W', 'G', '?']);
  });

  it('every slot has a default', () => {
    expect(Object.values(defaultComponents).every((part) => typeof part === 'function')).toBe(true);
  });
});
