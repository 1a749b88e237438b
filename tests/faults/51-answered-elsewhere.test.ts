import { expect, test } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { askRoute } from '../support/ask-route';
import { otherDevice, tabOf } from '../support/in-process-call';
import { bobsDevices, call, ringOf, subscribe } from '../support/pushed-people';

test('answered on one device: the others are withdrawn at once, and read what is true', async () => {
  const { app, alice, bob, direct, service, sender, phone, laptop } = await bobsDevices();
  const tablet = await otherDevice(app, bob);
  await subscribe(app, tablet, service.subscribe('tablet'));
  const callId = await call(app, alice, direct);
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop ring', 'phone ring', 'tablet ring']);
  const { id: ringId } = await ringOf(app, callId, bob);
  // Sent at once, not when the outbox is looked through next.
  let notes = 0;
  app.deps.pushSignal.onNote(() => {
    notes += 1;
  });
  await enterCall(app.deps, phone, { callId, clientId: tabOf(phone), switchFrom: null });
  expect(notes).toBe(1);
  await sender.whenIdle();
  expect(service.take()).toEqual(['laptop withdrawal', 'tablet withdrawal']);
  const words = async (viewer: typeof phone) => {
    const answer = await askRoute(app, 'GET /api/push/rings/[ringId]', viewer, { params: { ringId } });
    return answer.json();
  };
  for (const viewer of [laptop, tablet])
    expect(await words(viewer)).toMatchObject({
      state: 'answered',
      title: 'Answered on another device',
      pass: null,
      msLeft: 0,
    });
  expect(await words(phone)).toMatchObject({ state: 'answered_here' });
});
