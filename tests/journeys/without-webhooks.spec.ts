import { expectNoCall, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import { withoutWebhooks } from '../support/running-app';
import { callRegion } from '../support/screens';

test.use({ appSettings: { ...withoutWebhooks, CALL_REJOIN_SECONDS: '5' } });

test('with every LiveKit webhook lost the reconciler sees who disconnected, and the call ends all the same', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  await expect.poll(() => connectingCount(alice)).toBe(0);
  const countdown = callRegion(alice.page).getByText(/Ending in/);
  // Shown for five seconds, so looked for from before he closes it.
  await Promise.all([expect(countdown.first()).toBeVisible({ timeout: 15_000 }), bob.closeBrowser()]);
  await expect(callRegion(alice.page)).toBeHidden({ timeout: 15_000 });
  await expectNoCall(alice);
});

/** How many people of this person's live call the server has not yet found in LiveKit. */
function connectingCount(person: Person): Promise<number> {
  return person.page.evaluate(async () => {
    const { entries } = await (await fetch('/api/calls')).json();
    const { call } = await (await fetch(`/api/calls/${entries[0].callId}`)).json();
    type Part = { participation: { isConnecting: boolean } | null };
    return call.people.filter((one: Part) => one.participation?.isConnecting).length;
  });
}
