import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  expect,
  type Page,
} from '@playwright/test';
import { chromiumPath } from './chromium';
import type { RunningApp } from './running-app';
import { conversations, conversationsInAnyLanguage } from './screens';
import { giveVoice, hears, hearsNothing, tones } from './voice';
import { switchNoiseFilterOff } from './voice-in-page';
import { signInAt, type WebPerson } from './web-person';

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
  /** Closes what is still open, when the journey has ended. */
  release: () => Promise<void>;
};

export type PersonOptions = {
  viewport?: { width: number; height: number };
  toneHz?: number;
  /** True keeps the browser's own (fake) microphone, whose settings are real; what it says is no tone. */
  ownMicrophone?: boolean;
  /** A browser with a profile on the disk, started with this besides the environment. */
  ownProfile?: Record<string, string>;
  /** The browser was never asked whether calls may ring in it while Parley is closed. Default: it was, and offers nothing. */
  isNew?: boolean;
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

/** The cookies of the sign-ins that the journeys of one file share, by `username@origin`. */
export type SignIns = Map<string, ReturnType<WebPerson['cookies']>>;

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

/** Free browser contexts by kind. The next person clears one before its use; its cache of scripts saves time. */
export type Shelf = Map<string, BrowserContext[]>;

/** What `bring` needs of the journey that asks. */
type Journey = {
  browser: Browser;
  app: RunningApp;
  signIns: SignIns;
  /** Without one every context is new. */
  shelf?: Shelf;
  watch: (page: Page, who: string) => void;
};

/**
 * Opens a browser context for this person, signed in without the form, with a tone for a microphone. Nothing
 * that an earlier person stored is in it.
 */
export async function bring(username: string, options: PersonOptions, journey: Journey): Promise<Person> {
  const { app, signIns, watch } = journey;
  const toneHz = options.toneHz ?? tones[username] ?? 900;
  const origin = options.otherOrigin ? app.otherUrl : app.url;
  const key = `${username}@${origin}`;
  const known = options.ownSignIn ? undefined : signIns.get(key);
  const cookies = known ?? (await signInAt(origin, username, demoPassword)).cookies();
  if (!options.ownSignIn) signIns.set(key, cookies);
  const { context, release } = await openContext(origin, options, journey);
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin, httpOnly: true })));
  const newTab = async () => {
    const page = await context.newPage();
    await page.addInitScript(switchNoiseFilterOff);
    if (!options.isNew) await page.addInitScript(putPushOfferAway);
    if (!options.ownMicrophone) await giveVoice(page, toneHz);
    watch(page, username);
    return page;
  };
  const page = await newTab();
  await page.goto(`${origin}${options.path ?? '/'}`);
  await expect(conversationsInAnyLanguage(page)).toBeVisible();
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
    release,
  };
}

/** A context for pages of `origin`, from the shelf if there is one of the same kind. */
async function openContext(
  origin: string,
  {
    viewport = { width: 1280, height: 800 },
    context: options,
    browserArgs,
    ownSignIn,
    ownProfile,
  }: PersonOptions,
  { browser, shelf }: Journey,
): Promise<{ context: BrowserContext; release: () => Promise<void> }> {
  const settings = { viewport, permissions: ['microphone', 'camera'], ...options };
  if (ownProfile) {
    const folder = mkdtempSync(join(tmpdir(), 'parley-profile-'));
    const context = await chromium.launchPersistentContext(folder, {
      args: browserArgs ?? [],
      env: { ...process.env, ...ownProfile },
      ...settings,
      ...(chromiumPath && { executablePath: chromiumPath }),
    });
    // The browser may still be writing.
    context.on('close', () =>
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
    );
    return { context, release: () => context.close() };
  }
  if (browserArgs) {
    const own = await chromium.launch({
      args: browserArgs,
      ...(chromiumPath && { executablePath: chromiumPath }),
    });
    const context = await own.newContext(settings);
    context.on('close', () => void own.close());
    return { context, release: () => context.close() };
  }
  // Who signs out or changes the password has a context of their own, as they have a sign-in of their own.
  if (!shelf || ownSignIn) {
    const context = await browser.newContext(settings);
    return { context, release: () => context.close() };
  }
  const kind = JSON.stringify(settings);
  const shelved = shelf.get(kind)?.pop();
  const context = shelved ?? (await browser.newContext(settings));
  if (shelved) await clear(shelved, origin, settings.permissions);
  const release = async () => {
    const isClosed = !browser.contexts().includes(context);
    if (isClosed) return;
    await Promise.all(context.pages().map((page) => page.close()));
    shelf.set(kind, [...(shelf.get(kind) ?? []), context]);
  };
  return { context, release };
}

/** Removes everything that pages of this origin stored; the cache of what they loaded stays. */
async function clear(context: BrowserContext, origin: string, permissions: string[]): Promise<void> {
  await context.clearCookies();
  await context.clearPermissions();
  await context.grantPermissions(permissions);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await page.close();
}

/** As **Not now** leaves it (app/(community)/_push/push-offer.tsx): the offer after a call covers nothing. */
function putPushOfferAway(): void {
  try {
    localStorage.setItem('parley-push-offer', 'asked');
  } catch {
    // An empty page, which keeps nothing.
  }
}
