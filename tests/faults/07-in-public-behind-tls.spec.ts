import { chromium, type Page } from '@playwright/test';
import { expectTalking, openDirect } from '../support/calling';
import { chromiumPath, grantedArgs } from '../support/chromium';
import { faultCase } from '../support/fault-case';
import { installGapMeter, readGaps, restartGapMeter } from '../support/gap-meter';
import { expect, test as journey } from '../support/journey';
import { type LiveKitProcess, startLiveKitProcess } from '../support/livekit-process';
import type { Person } from '../support/people';
import { accept, callPhase, callRegion, conversations, headerCall, incomingWindow } from '../support/screens';
import { startTlsFront } from '../support/tls-front';
import { giveVoice, hears, hearsNothing } from '../support/voice';

const fault = faultCase(7);
const parleyName = 'parley.example.org';
const mediaName = 'media.example.org';
const password = 'a long enough word';

type Front = Awaited<ReturnType<typeof startTlsFront>>;
type InPublic = { sites: Map<string, number>; front: Front; livekit: LiveKitProcess };

/** What the README has an operator set up: a LiveKit of one's own, and TLS before both. */
const test = journey.extend<object, { inPublic: InPublic }>({
  inPublic: [
    async ({}, use) => {
      const sites = new Map<string, number>();
      const front = await startTlsFront(sites, [parleyName, mediaName]);
      const livekit = await startLiveKitProcess({ webhookUrl: front.webhookUrl });
      sites.set(mediaName, Number(new URL(livekit.url).port));
      await use({ sites, front, livekit });
      await livekit.close();
      await front.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  appSettings: async ({ inPublic: { livekit } }, use) =>
    use({
      PARLEY_URL: `https://${parleyName}`,
      PARLEY_SECRET: '4f0c7a1be95d2386c1d0aa57e3b94f28',
      PARLEY_TRUSTED_PROXIES: '127.0.0.1',
      LIVEKIT_URL: livekit.url,
      LIVEKIT_PUBLIC_URL: `wss://${mediaName}`,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      CALL_REJOIN_SECONDS: '30',
    }),
});

test('in public, behind TLS, with a LiveKit of one’s own: an operator, an invitation, a call, and a restart in it', async ({
  app,
  inPublic: { sites, front },
  watch,
  expectConsole,
}) => {
  test.setTimeout(180_000);
  sites.set(parleyName, app.port);
  // While the app is away the web server answers for it; and who is suspended is refused.
  expectConsole(/status of (502|401)|ERR_INCOMPLETE_CHUNKED|ERR_HTTP2|Failed to fetch|network error/i);
  const browser = await chromium.launch({
    args: [...grantedArgs, ...front.browserArgs],
    ...(chromiumPath && { executablePath: chromiumPath }),
  });
  const register = async (name: string, toneHz: number, link: string): Promise<Person> => {
    const context = await browser.newContext({ permissions: ['microphone', 'clipboard-write'] });
    const newTab = async () => {
      const page = await context.newPage();
      watch(page, name);
      await giveVoice(page, toneHz);
      await installGapMeter(page);
      return page;
    };
    const page = await newTab();
    await page.goto(link);
    await page.getByLabel('Username', { exact: true }).fill(name);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(conversations(page)).toBeVisible();
    return {
      name,
      page,
      toneHz,
      newTab,
      hears: (other, timeoutMs) => hears(page, other.toneHz, timeoutMs),
      hearsNothing: (timeoutMs) => hearsNothing(page, timeoutMs),
      closeBrowser: () => context.close(),
      release: () => context.close(),
    };
  };
  try {
    const setUpLink = /https:\/\/\S+\/register\?invite=[\w-]+/.exec(app.output())?.[0] ?? '';
    expect(setUpLink).toContain(`https://${parleyName}/`);
    const olga = await register('olga', 500, setUpLink);
    await olga.page.goto(`https://${parleyName}/operator`);
    await olga.page.getByRole('button', { name: 'Create invite link' }).click();
    const invite = await olga.page.getByLabel('Invite link', { exact: true }).inputValue();
    const piet = await register('piet', 700, invite);
    fault.did('the set-up link made an operator, and her invitation a second person');

    await olga.page.goto(`https://${parleyName}/messages`);
    await call(olga, piet);
    await expectTalking(olga, piet);
    expect(app.output(), 'each has an address of their own').not.toContain('everyone shares one address');

    for (const { page } of [olga, piet]) await restartGapMeter(page);
    fault.did('stopped with SIGTERM and started again, as an upgrade does');
    const stoppedAt = performance.now();
    await app.stopJob();
    // The web server keeps connections open, which must not hold it up.
    fault.within('a stop behind the web server', 4000, performance.now() - stoppedAt);
    await expectTalking(olga, piet);
    await app.startAgain();
    await expect(callPhase(olga.page, 'connected')).toBeVisible();
    await expectTalking(olga, piet);
    for (const { name, page } of [olga, piet]) {
      const { longestMs, heardMs } = await readGaps(page);
      expect(heardMs).toBeGreaterThan(1000);
      fault.within(`longest silence that ${name} heard`, 200, longestMs);
    }

    const operator = await olga.newTab();
    await operator.goto(`https://${parleyName}/operator`);
    await act(operator, 'piet', 'Suspend');
    await expect(piet.page).toHaveURL(/\/login$/, { timeout: 5000 });
    await expect(callRegion(olga.page)).toBeHidden({ timeout: 5000 });
    await operator.getByRole('button', { name: 'Actions for piet' }).click();
    await operator.getByRole('menuitem', { name: 'Let back in' }).click();
    await expect(operator.getByText('Suspended', { exact: true })).toBeHidden();
    await expect(operator.getByRole('menu')).toBeHidden();
    await act(operator, 'piet', 'Reset password');
    const newPassword = await operator.getByLabel('Password link', { exact: true }).inputValue();
    await piet.page.goto(newPassword);
    await piet.page.getByLabel('New password', { exact: true }).fill('another long word');
    await piet.page.getByRole('button', { name: 'Save and sign in' }).click();
    await expect(conversations(piet.page)).toBeVisible();
    fault.did('suspended mid-call, let back in, and in again with the operator’s link');
    await call(piet, olga);
    await expectTalking(piet, olga);
  } finally {
    await browser.close();
  }
});

/** From the direct conversation's header, and taken at once. */
async function call(caller: Person, callee: Person): Promise<void> {
  await openDirect(caller, callee);
  await headerCall(caller.page).click();
  await expect(incomingWindow(callee.page, caller.name)).toBeVisible();
  await accept(callee.page, caller.name).click();
}

async function act(page: Page, name: string, what: 'Suspend' | 'Reset password'): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: what }).click();
  await page.getByRole('dialog').getByRole('button', { name: what }).click();
}
