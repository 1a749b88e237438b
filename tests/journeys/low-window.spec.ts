import type { Page } from '@playwright/test';
import { expectNoCall, expectTalking, openDirect } from '../support/calling';
import { expect, test } from '../support/journey';
import {
  accept,
  callControl,
  callControls,
  callPhase,
  callRegion,
  composer,
  decline,
  headerCall,
} from '../support/screens';

/** Words that the call's controls show, not only name. */
const wordsOn = (page: Page) =>
  callControls(page)
    .first()
    .evaluate((toolbar) =>
      [...toolbar.querySelectorAll('span')]
        .filter((span) => span.checkVisibility() && span.getBoundingClientRect().width > 1)
        .flatMap((span) => span.textContent?.trim() || []),
    );

/** How high the messages and their composer are; all of the window while the call fills it. */
async function messagesHeight(page: Page): Promise<number> {
  const [call, window] = [await callRegion(page).first().boundingBox(), page.viewportSize()];
  if (!call || !window) throw new Error('the call is on the page');
  if (call.height >= window.height) return window.height;
  const log = await page.getByRole('log', { name: 'Messages' }).boundingBox();
  if (!log) throw new Error('the messages are on the page');
  return window.height - log.y;
}

const sizes = [
  { name: '1280 × 560', viewport: { width: 1280, height: 560 }, leave: 'Disconnect' },
  { name: '1024 × 480', viewport: { width: 1024, height: 480 }, leave: 'Disconnect' },
  { name: '1280 × 800 at 200 %', viewport: { width: 640, height: 400 }, leave: 'Leave' },
];

for (const { name, viewport, leave } of sizes) {
  test(`at ${name} a call has controls without words, and leaves room for the messages`, async ({
    person,
  }) => {
    const [alice, bob] = [await person('alice', { viewport }), await person('bob', { viewport })];
    const { page } = alice;
    const expectRoom = async (what: string) => {
      await expect.poll(() => wordsOn(page), what).toEqual([]);
      expect(await messagesHeight(page), what).toBeGreaterThanOrEqual(240);
      for (const control of await callControls(page).first().getByRole('button').all())
        await expect(control, what).toBeInViewport({ ratio: 1 });
    };
    await openDirect(alice, bob);
    await headerCall(page).click();
    if (leave === 'Leave')
      await page
        .getByRole('dialog', { name: 'Start call' })
        .getByRole('button', { name: 'Join call' })
        .click();
    await expect(callPhase(page, 'outgoing')).toBeVisible();
    await expectRoom('calling');
    await expect(accept(bob.page, 'Alice')).toBeInViewport({ ratio: 1 });
    await expect(decline(bob.page, 'Alice')).toBeInViewport({ ratio: 1 });
    await accept(bob.page, 'Alice').click();
    await expectTalking(alice, bob);
    await expectRoom('talking');
    await callControl(page, 'Camera').click();
    await expect(callControl(page, 'Camera')).toHaveAttribute('aria-pressed', 'true');
    await expectRoom('with a camera');
    if (leave === 'Disconnect') {
      await expect(composer(page)).toBeInViewport({ ratio: 1 });
      await callRegion(page).getByRole('button', { name: 'Full window' }).click();
      await expectRoom('in the full window');
    }
    await callControl(page, leave).click();
    await expectNoCall(alice, bob);
  });
}
