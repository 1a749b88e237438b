import { CallButton, CallMiniBar, CallOverlay, CallScreen } from '@parley/call-kit';
import type { CallView } from '@parley/call-protocol';
import { fireEvent, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { entered, renderKit } from './kit';
import { activeView, alice, callView, carol, incomingView, line, snapshot } from './views';

/** A conversation's page with everything of calls in it. */
export const page = (
  <>
    <CallButton target={{ conversationId: 'conv_1' }} />
    <CallScreen conversationId="conv_1" />
    <CallMiniBar conversationId={null} />
    <CallOverlay />
  </>
);

export async function ready(children = page) {
  const kit = renderKit(children);
  await kit.say({ type: 'snapshot', data: snapshot() });
  return kit;
}

/** Alice and Bob talk in this tab. */
export async function talking(more: ReactNode = null) {
  const kit = await ready(
    <>
      {page}
      {more}
    </>,
  );
  const [header] = screen.getAllByRole('button', { name: 'Call' });
  if (header) fireEvent.click(header);
  await kit.take('start').answer(entered(callView()));
  await kit.rooms[0]?.up();
  await kit.receiveCall(activeView());
  return kit;
}

export const region = () => screen.getByRole('region', { name: 'Call' });
export const phase = () => region().dataset.callPhase;

/** Carol calls Alice, a moment before Bob would. */
export const second = (): CallView =>
  incomingView({
    id: 'call_2',
    callerId: carol.id,
    conversation: { id: 'conv_2', kind: 'direct', title: null },
    myRing: { id: 'ring_2', msLeft: 50_000, isQuiet: false, ringerId: carol.id },
    people: [line(carol, null, 'joined'), line(alice, 'ringing', null)],
  });
