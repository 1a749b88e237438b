import { type Browser, type BrowserContextOptions, chromium, expect, type Page } from '@playwright/test';
import { chromiumPath } from './chromium';
import type { RunningApp } from './running-app';
import { conversations } from './screens';
import { giveVoice, hears, hearsNothing, tones } from './voice';

export const demoPassword = 'parley-demo';

export type Person = {
  /** The user name, such as `alice`. */
  name: string;
  page: Page;
  /** The frequency of this person's microphone. */
  toneHz: number;
  /** Another tab of the same browser. */
  newTab: () => Promise<Page>;
  hears: (other: Pick<Person, 'toneHz'>, timeoutMs?: number) => Promise<void>;
  hearsNothing: (timeoutMs?: number) => Promise<void>;
  /** Closes the browser as a person does: page handlers run. */
  closeBrowser: () => Promise<void>;
};

export type PersonOptions = {
  viewport?: { width: number; height: number };
  toneHz?: number;
  /** True keeps the browser's own (fake) microphone, whose settings are real; what it says is no tone. */
  ownMicrophone?: boolean;
  /** A sign-in of its own instead of the one that this worker's journeys share: for journeys that sign out. */
  ownSignIn?: boolean;
  /** The demo's second origin. */
  otherOrigin?: boolean;
  /** Where to go first; the page is not waited for beyond the list of conversations. */
  path?: string;
  context?: BrowserContextOptions;
  /** A browser started for this person alone, with these arguments: `askingArgs` grants nothing. */
  browserArgs?: string[];
};

export type SignIns = Map<string, Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>>;

/** Signs in through the form, as people do. */
export async function signIn(
  page: Page,
  origin: string,
  username: string,
  password = demoPassword,
): Promise<void> {
  await page.goto(`${origin}/login`);
  await page.getByLabel('Username', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(conversations(page)).toBeVisible();
}

/** Opens a browser of its own for this person, signed in, with a tone for a microphone. */
export async function bring(
  username: string,
  options: PersonOptions,
  {
    browser,
    app,
    signIns,
    watch,
  }: { browser: Browser; app: RunningApp; signIns: SignIns; watch: (page: Page, who: string) => void },
): Promise<Person> {
  const toneHz = options.toneHz ?? tones[username] ?? 900;
  const origin = options.otherOrigin ? app.otherUrl : app.url;
  const key = `${username}@${origin}`;
  const known = options.ownSignIn ? undefined : signIns.get(key);
  const own = options.browserArgs
    ? await chromium.launch({
        args: options.browserArgs,
        ...(chromiumPath && { executablePath: chromiumPath }),
      })
    : null;
  const context = await (own ?? browser).newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    permissions: ['microphone', 'camera'],
    ...options.context,
    ...(known && { storageState: known }),
  });
  if (own) context.on('close', () => void own.close());
  const newTab = async () => {
    const page = await context.newPage();
    if (!options.ownMicrophone) await giveVoice(page, toneHz);
    watch(page, username);
    return page;
  };
  const page = await newTab();
  if (known) {
    await page.goto(`${origin}${options.path ?? '/'}`);
    await expect(conversations(page)).toBeVisible();
  } else {
    await signIn(page, origin, username);
    if (!options.ownSignIn) signIns.set(key, await context.storageState());
    if (options.path) await page.goto(`${origin}${options.path}`);
  }
  return {
    name: username,
    page,
    toneHz,
    newTab,
    hears: (other, timeoutMs) => hears(page, other.toneHz, timeoutMs),
    hearsNothing: (timeoutMs) => hearsNothing(page, timeoutMs),
    closeBrowser: async () => {
      for (const tab of context.pages()) await tab.close({ runBeforeUnload: true });
      await context.close();
    },
  };
}
