import { test as base, expect, type Page } from '@playwright/test';
import { bring, type Person, type PersonOptions, type SignIns } from './people';
import { type AppSettings, type RunningApp, startApp, withoutWebhooks } from './running-app';

export type JourneyOptions = {
  /** Environment of the app: `test.use({ appSettings: { CALL_RING_SECONDS: '15' } })` at the top of a file. */
  appSettings: AppSettings;
  /** `lost`: LiveKit's webhooks go nowhere, whatever a file asks for (FAULTS.md, case 4). */
  webhooks: 'delivered' | 'lost';
};

type PerWorker = JourneyOptions & {
  apps: FileApps;
};

/** The Parley that the journeys of one file share; the next file finds an untouched community. */
type FileApps = { of: (file: string) => Promise<Served> };
type Served = { app: RunningApp; signIns: SignIns };

type Console = { errors: string[]; expected: RegExp[] };

type PerTest = {
  served: Served;
  /** The Parley of this file's journeys, which use it one after the other. */
  app: RunningApp;
  signIns: SignIns;
  consoles: Console;
  /** Brings a demo person with a browser of their own: `const alice = await person('alice')`. */
  person: (username: string, options?: PersonOptions) => Promise<Person>;
  /** Names an error on the console that this journey provokes; every other one fails it. */
  expectConsole: (pattern: RegExp) => void;
  /** Makes errors of a page that the journey opened itself count, too. */
  watch: (page: Page, who: string) => void;
};

/** Playwright's `test` with a real Parley and real people; tests/journeys shows how it reads. */
export const test = base.extend<PerTest, PerWorker>({
  appSettings: [{}, { option: true, scope: 'worker' }],
  webhooks: ['delivered', { option: true, scope: 'worker' }],

  apps: [
    async ({ appSettings, webhooks }, use, worker) => {
      const isLost = webhooks === 'lost';
      let current: (Served & { file: string }) | null = null;
      const stop = async () => {
        const app = current?.app;
        current = null;
        if (!app) return;
        const metrics = await fetch(`${app.url}/api/metrics`).then((answer) => answer.text());
        await app.stop();
        if (isLost) expect(metrics, 'webhooks that arrived').not.toMatch(/^parley_webhook_events_total\{/m);
      };
      await use({
        of: async (file) => {
          if (current?.file === file) return current;
          await stop();
          const settings = { ...appSettings, ...(isLost && withoutWebhooks) };
          current = { file, app: await startApp(settings, worker.parallelIndex), signIns: new Map() };
          return current;
        },
      });
      await stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  served: [async ({ apps }, use, info) => use(await apps.of(info.file)), { timeout: 240_000 }],
  app: async ({ served }, use) => use(served.app),
  signIns: async ({ served }, use) => use(served.signIns),

  consoles: async ({ app }, use, info) => {
    const consoles: Console = { errors: [], expected: [] };
    const before = app.output().length;
    await use(consoles);
    if (info.status !== info.expectedStatus) {
      await info.attach('what the server printed', {
        body: app.output().slice(before),
        contentType: 'text/plain',
      });
    }
    const unexpected = consoles.errors.filter(
      (line) => !consoles.expected.some((pattern) => pattern.test(line)),
    );
    expect(unexpected, 'errors on the console that nobody expected').toEqual([]);
  },

  expectConsole: async ({ consoles }, use) => {
    await use((pattern) => consoles.expected.push(pattern));
  },

  watch: async ({ consoles }, use) => {
    await use((page, who) => {
      page.on('pageerror', (error) => consoles.errors.push(`${who}: ${error.stack ?? error.message}`));
      page.on('console', (line) => {
        if (line.type() === 'error') consoles.errors.push(`${who}: ${line.text()} (${line.location().url})`);
      });
    });
  },

  person: async ({ browser, app, signIns, watch }, use) => {
    const people: Person[] = [];
    await use(async (username, options = {}) => {
      const person = await bring(username, options, { browser, app, signIns, watch });
      people.push(person);
      return person;
    });
    await Promise.all(people.map((person) => person.page.context().close()));
  },
});

export { expect };
