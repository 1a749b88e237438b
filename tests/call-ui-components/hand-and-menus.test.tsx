import type { Reaction } from '@parley/call-protocol';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { CallToolbar, ParticipantTile } from '../../lib/call-ui/components';
import type { CallToolbarProps } from '../../lib/call-ui/slots';
import { bob, button, control, participant } from './fakes';

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

describe('reactions and the hand', () => {
  const gestures = <p>Raise hand</p>;

  it('have a menu of their own, which says that the hand is raised', async () => {
    const { rerender } = render(toolbar({ gestures }));
    fireEvent.click(screen.getByRole('button', { name: 'React' }));
    const dialog = await screen.findByRole('dialog', { name: 'React' });
    expect(within(dialog).queryByText('Which microphone?')).toBeNull();
    rerender(toolbar({ gestures, isHandRaised: true }));
    expect(screen.getByRole('button', { name: 'React, your hand is raised' })).toBeTruthy();
  });

  it('share one menu with the devices on a phone, so that every control keeps its size', async () => {
    render(toolbar({ gestures, isNarrow: true }));
    expect(screen.queryByRole('button', { name: 'Devices' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'More' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'More' }));
    expect(dialog.getByText('Raise hand')).toBeTruthy();
    expect(dialog.getByText('Which microphone?')).toBeTruthy();
  });

  it.each(['tile', 'dock', 'strip'] as const)('a raised hand stands on its person (%s)', (size) => {
    const tile = (handPlace: number | null) => (
      <ParticipantTile participant={participant(bob, { handPlace })} size={size} source="camera" />
    );
    const { rerender } = render(tile(2));
    expect(screen.getByText('Hand raised, number 2')).toBeTruthy();
    rerender(tile(null));
    expect(screen.queryByText(/Hand raised/)).toBeNull();
  });

  it.each(['tile', 'dock', 'strip'] as const)('a reaction stands on its person (%s)', (size) => {
    const tile = (reaction: Reaction | null) => (
      <ParticipantTile participant={participant(bob, { reaction })} size={size} source="camera" />
    );
    const { rerender } = render(tile('party'));
    expect(screen.getByText('🎉')).toBeTruthy();
    rerender(tile(null));
    expect(screen.queryByText('🎉')).toBeNull();
  });
});
