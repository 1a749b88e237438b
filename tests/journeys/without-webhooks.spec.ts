import { expectNoCall, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import { withoutWebhooks } from '../support/running-app';
import { callRegion } from '../support/screens';

test.use({ appSettings: { ...withoutWebhooks, CALL_REJOIN_SECONDS: '5' } });

test('with every LiveKit webhook lost the reconciler sees who is gone, and the call ends all the same', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  await bob.closeBrowser();
  await expect(
    callRegion(alice.page)
      .getByText(/Ending in/)
      .first(),
  ).toBeVisible({ timeout: 15_000 });
  await expect(callRegion(alice.page)).toBeHidden({ timeout: 15_000 });
  await expectNoCall(alice);
});
