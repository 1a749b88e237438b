import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { IncomingCall, OutgoingCall } from '../../lib/call-ui/components';
import type { IncomingCallProps } from '../../lib/call-ui/slots';
import { alice, bob, button, callView, carol, nothing, participant, personNamed, summary } from './fakes';

afterEach(cleanup);

const incoming = (change: Partial<IncomingCallProps> = {}): IncomingCallProps => ({
  call: callView(),
  caller: bob,
  groupTitle: null,
  acceptProps: button(),
  declineProps: button(),
  msLeft: 40_000,
  unblockSound: null,
  shortcuts: null,
  isNarrow: false,
  ...change,
});

describe.each([{ isNarrow: false }, { isNarrow: true }])(
  'the incoming call, narrow: $isNarrow',
  ({ isNarrow }) => {
    it('names the caller, and the group it comes from', () => {
      const { rerender } = render(<IncomingCall {...incoming({ isNarrow })} />);
      expect(screen.getByRole('alertdialog', { name: 'Incoming call from Bob' }).dataset.callKind).toBe(
        'direct',
      );
      rerender(
        <IncomingCall {...incoming({ isNarrow, call: callView('group'), groupTitle: 'Weekend trip' })} />,
      );
      const group = screen.getByRole('alertdialog', { name: 'Incoming call from Bob in Weekend trip' });
      expect(group.dataset.callKind).toBe('group');
      expect(group.dataset.callPhase).toBe('incoming');
    });

    it('accepts and declines by its buttons', () => {
      const accept = vi.fn();
      const decline = vi.fn();
      render(
        <IncomingCall
          {...incoming({ isNarrow, acceptProps: button(accept), declineProps: button(decline) })}
        />,
      );
      fireEvent.click(screen.getByRole('button', { name: 'Accept' }));
      expect([accept.mock.calls.length, decline.mock.calls.length]).toEqual([1, 0]);
      fireEvent.click(screen.getByRole('button', { name: 'Decline' }));
      expect([accept.mock.calls.length, decline.mock.calls.length]).toEqual([1, 1]);
    });

    it('says who calls, too, and brings that window up', () => {
      const bringUp = vi.fn();
      const alsoCalling = {
        text: 'Carol is calling, too',
        label: 'Show Carol',
        caller: carol,
        show: bringUp,
      };
      render(<IncomingCall {...incoming({ isNarrow, alsoCalling })} />);
      expect(screen.getByText('Carol is calling, too')).toBeTruthy();
      fireEvent.click(screen.getByRole('button', { name: 'Show Carol' }));
      expect(bringUp).toHaveBeenCalledOnce();
    });

    it('does not decline on Escape', () => {
      const decline = vi.fn();
      render(<IncomingCall {...incoming({ isNarrow, declineProps: button(decline) })} />);
      fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape', code: 'Escape' });
      fireEvent.keyDown(document.body, { key: 'Escape', code: 'Escape' });
      expect(decline).not.toHaveBeenCalled();
      expect(screen.getByRole('alertdialog')).toBeTruthy();
    });

    it('leaves the focus in the field that has it and makes nothing inert', () => {
      const { rerender } = render(<input aria-label="Message" />);
      screen.getByLabelText('Message').focus();
      rerender(
        <>
          <input aria-label="Message" />
          <IncomingCall {...incoming({ isNarrow })} />
        </>,
      );
      expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
      expect(document.querySelector('[inert], [aria-hidden="true"] input, [aria-modal]')).toBeNull();
    });

    it('is announced once, and not again while its time runs', () => {
      const observer = new MutationObserver(() => {});
      observer.observe(document.body, { childList: true, characterData: true, subtree: true });
      const { rerender } = render(<IncomingCall {...incoming({ isNarrow })} />);
      for (const msLeft of [39_000, 38_000]) rerender(<IncomingCall {...incoming({ isNarrow, msLeft })} />);
      const live = [...document.querySelectorAll('[aria-live], [role="status"], [role="alert"]')];
      expect(live.map((region) => region.textContent)).toEqual(['Incoming call from Bob']);
      // Some screen readers skip a region that appears together with its words: the words have to come after it.
      const changes = observer.takeRecords().filter(({ target }) => live.some((region) => region === target));
      expect(changes).toHaveLength(1);
    });

    it('offers one click to hear the ring where the browser blocks sound', () => {
      const unblockSound = vi.fn();
      render(<IncomingCall {...incoming({ isNarrow, unblockSound })} />);
      fireEvent.click(screen.getByRole('button', { name: /to hear/ }));
      expect(unblockSound).toHaveBeenCalledOnce();
    });
  },
);

describe('the outgoing call', () => {
  it('shows the callee with the state in words, inside the call region', () => {
    render(
      <OutgoingCall
        call={summary({ phase: 'outgoing', durationMs: null })}
        phase="outgoing"
        people={[participant(bob, { state: 'ringing', stateText: 'Ringing…' }), participant(alice)]}
      />,
    );
    const region = screen.getByRole('region', { name: 'Call' });
    expect(region.dataset.callPhase).toBe('outgoing');
    expect(region.dataset.callKind).toBe('direct');
    expect(screen.queryByRole('timer')).toBeNull();
    expect(within(screen.getByRole('listitem', { name: 'Bob' })).getByText('Ringing…')).toBeTruthy();
    expect(screen.getByRole('listitem', { name: 'Alice' }).className, 'heard, not seen').toContain('hidden');
  });

  it('gives every callee of a group a card that can be rung again or stopped', () => {
    const ringAgain = vi.fn();
    const stopRinging = vi.fn();
    render(
      <OutgoingCall
        call={summary({ kind: 'group', title: 'Weekend trip', phase: 'outgoing', durationMs: null })}
        phase="outgoing"
        people={[
          participant(bob, { state: 'ringing', stateText: 'Ringing…', stopRinging }),
          participant(carol, { state: 'declined', stateText: 'Declined', ringAgain }),
          participant(personNamed('Dave'), { state: 'not_allowed', stateText: 'Not allowed' }),
        ]}
      />,
    );
    fireEvent.click(
      within(screen.getByRole('listitem', { name: 'Bob' })).getByRole('button', { name: 'Stop ringing' }),
    );
    fireEvent.click(
      within(screen.getByRole('listitem', { name: 'Carol' })).getByRole('button', { name: 'Ring again' }),
    );
    expect([stopRinging.mock.calls.length, ringAgain.mock.calls.length]).toEqual([1, 1]);
    const dave = screen.getByRole('listitem', { name: 'Dave' });
    expect(within(dave).getByText('Not allowed')).toBeTruthy();
    expect(within(dave).queryByRole('button')).toBeNull();
    expect(
      screen.getByRole('listitem', { name: 'Carol' }).querySelector('[data-ring-state="declined"]'),
    ).toBeTruthy();
  });

  it('on a phone offers the way back to the conversation', () => {
    const collapse = vi.fn();
    render(
      <OutgoingCall
        call={summary({ phase: 'outgoing' })}
        phase="outgoing"
        people={[]}
        isNarrow
        collapse={collapse}
        expand={nothing}
      />,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Back to the conversation' }));
    expect(collapse).toHaveBeenCalledOnce();
    expect(screen.getByRole('region', { name: 'Call' }).dataset.theme).toBe('dark');
  });
});
