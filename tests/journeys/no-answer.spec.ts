import { callFromHeader, expectNoCall } from '../support/calling';
import { expect, test } from '../support/journey';
import { incomingWindow, openConversation } from '../support/screens';

test.use({ appSettings: { CALL_RING_SECONDS: '15' } });

test('an unanswered call closes its window at the deadline and is a missed call for the callee', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openConversation(bob.page, 'Alice');
  await callFromHeader(alice, bob);
  await expect(incomingWindow(bob.page, 'Alice')).toBeHidden({ timeout: 17_000 });
  await expect(alice.page.getByText('No answer').first()).toBeVisible();
  await expect(bob.page.getByText(/Missed call/).last()).toBeVisible();
  await expectNoCall(alice, bob);
});
