import { test as base, expect, type Page } from '@playwright/test';
import { noteCommunity } from './demo-reset';
import { bring, type Person, type PersonOptions, type Shelf, type SignIns } from './people';
import { type AppSettings, type RunningApp, startApp, withoutWebhooks } from './running-app';
import { type ServerSet, startServerSet } from './server-set';

export type JourneyOptions = {
  /** Environment of the app: `test.use({ appSettings: { CALL_RING_SECONDS: '15' } })` at the top of a file. */
  appSettings: AppSettings;
  /** `lost`: LiveKit's webhooks go nowhere, whatever a file asks for (docs/cases.md, case 4). */
  webhooks: 'delivered' | 'lost';
  /** `two`: two servers, two LiveKit nodes and what they share; requests and streams go to them in turn. */
  servers: 'one' | 'two';
};

type PerWorker = Pick<JourneyOptions, 'webhooks' | 'servers'> & {
  apps: Apps;
};

/** Apps that files share; every file finds an untouched community. */
type Apps = { of: (file: string, settings: AppSettings) => Promise<Served> };
type Served = { app: RunningApp; set: ServerSet | null; signIns: SignIns; shelf: Shelf };
type SharedApp = Served & { file: string; restore: (() => void) | null };

type Console = { errors: string[]; expected: RegExp[] };

type PerTest = Pick<JourneyOptions, 'appSettings'> & {
  served: Served;
  /** The Parley of this file's journeys, which use it one after the other; other files find it as new. */
  app: RunningApp;
  /** All that `app` consists of where there are two servers. */
  set: ServerSet;
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
  appSettings: [{}, { option: true }],
  webhooks: ['delivered', { option: true, scope: 'worker' }],
  servers: ['one', { option: true, scope: 'worker' }],

  apps: [
    async ({ webhooks, servers }, use, worker) => {
      const isLost = webhooks === 'lost';
      const start = async (settings: AppSettings) => {
        if (servers === 'one') {
          const app = await startApp(settings, worker.parallelIndex);
          return { app, set: null, restore: noteCommunity(app) };
        }
        const set = await startServerSet(settings, worker.parallelIndex);
        return { app: set.app, set, restore: null };
      };
      const running = new Map<string, SharedApp>();
      const stop = async (key: string, { app, set, shelf }: SharedApp) => {
        running.delete(key);
        await Promise.all([...shelf.values()].flat().map((context) => context.close()));
        const metrics = await fetch(`${app.url}/api/metrics`).then((answer) => answer.text());
        if (set) await expectBothServed(set);
        await app.stop();
        if (isLost) expect(metrics, 'webhooks that arrived').not.toMatch(/^parley_webhook_events_total\{/m);
      };
      await use({
        of: async (file, appSettings) => {
          const key = JSON.stringify(appSettings);
          const known = running.get(key);
          if (known?.file === file) return known;
          // The community of two servers is made anew with them.
          if (known?.restore === null) await stop(key, known);
          const shared = known?.restore ? known : null;
          // Stops apps with settings of their own, which serve a single file; the demo's app serves all other files.
          for (const [other, left] of running) if (other !== key && other !== '{}') await stop(other, left);
          if (shared) {
            shared.restore?.();
            shared.signIns.clear();
            shared.file = file;
            return shared;
          }
          const made = await start({ ...appSettings, ...(isLost && withoutWebhooks) });
          const started = { file, ...made, signIns: new Map(), shelf: new Map() };
          running.set(key, started);
          return started;
        },
      });
      for (const [key, shared] of running) await stop(key, shared);
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  served: [
    async ({ apps, appSettings }, use, info) => use(await apps.of(info.file, appSettings)),
    { timeout: 240_000 },
  ],
  app: async ({ served }, use) => use(served.app),
  set: async ({ served }, use) => {
    if (!served.set) throw new Error('this journey needs the project that runs two servers');
    await use(served.set);
  },
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
    expect(unexpected, 'unexpected errors on the console').toEqual([]);
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

  person: async ({ browser, served, watch }, use) => {
    const people: Person[] = [];
    await use(async (username, options = {}) => {
      const person = await bring(username, options, { browser, ...served, watch });
      people.push(person);
      return person;
    });
    await Promise.all(people.map((person) => person.release()));
  },
});

/** Journeys at one server alone would prove nothing about two. */
async function expectBothServed({ servers }: ServerSet): Promise<void> {
  for (const { url } of servers) {
    const metrics = await fetch(`${url}/api/metrics`).then((answer) => answer.text());
    expect(metrics, `what ${url} served`).toMatch(/^parley_http_request_duration_seconds_count\{.*"\/api\//m);
  }
}

export { expect };
