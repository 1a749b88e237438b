import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { demoPassword } from './people';
import { switchNoiseFilterOff } from './voice-in-page';

/** The browser that scripts/test.mjs found; on a developer's machine the usual places. */
const firefoxPath = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (place) => place !== undefined && existsSync(place),
);

const preferences = (toneHz: number) => ({
  // A microphone that plays this tone, a camera, and no permission prompt.
  'media.navigator.streams.fake': true,
  'media.navigator.audio.fake_frequency': toneHz,
  'media.navigator.permission.disabled': true,
  // Both browsers and LiveKit are on this machine.
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  // Sound without a click, and on machines that have no sound device.
  'media.autoplay.default': 0,
  'media.cubeb.sandbox': false,
  'media.cubeb.force_mock_context': true,
});

export type FirefoxPerson = {
  name: string;
  page: Page;
  toneHz: number;
  /** Errors and warnings of the page's policy, as the console showed them. */
  complaints: string[];
  /** Presses a button or a link by its words or its label. */
  press: (label: string, element?: 'button' | 'a') => Promise<void>;
  /** Resolves when something that fits this selector can be seen. */
  sees: (selector: string) => Promise<void>;
  seesNot: (selector: string) => Promise<void>;
  /** Resolves when sound comes in: as many packets as a speaker sends. */
  hears: () => Promise<void>;
  /** How many notes (ringtone, ringback) the page has struck. */
  notes: () => Promise<number>;
  close: () => Promise<void>;
};

/**
 * Opens Firefox, as people have it, with this person signed in and a tone for a microphone. Throws with
 * what to do where there is no Firefox.
 */
export async function bringInFirefox(name: string, toneHz: number, origin: string): Promise<FirefoxPerson> {
  if (!firefoxPath)
    throw new Error(
      'This journey needs Firefox. Install it (Debian: apt-get install firefox-esr), or set FIREFOX to the path of one.',
    );
  const browser: Browser = await launch({
    browser: 'firefox',
    executablePath: firefoxPath,
    headless: true,
    extraPrefsFirefox: preferences(toneHz),
    defaultViewport: { width: 1280, height: 800 },
  });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (line) => {
      if (line.type() === 'error') complaints.push(line.text());
    });
    await page.evaluateOnNewDocument(installCounters);
    await page.evaluateOnNewDocument(switchNoiseFilterOff);
    await page.goto(`${origin}/login`);
    // By words and not by `::-p-aria`: Firefox takes seconds to search a page by accessible name.
    const press = (label: string, element: 'button' | 'a' = 'button') =>
      page
        .locator(
          `::-p-xpath(//${element}[@aria-label="${label}" or .//text()[normalize-space()="${label}"]])`,
        )
        .click();
    await page.locator('input[autocomplete="username"]').fill(name);
    await page.locator('input[autocomplete="current-password"]').fill(demoPassword);
    await press('Sign in');
    await page.locator('nav[aria-label="Conversations"]').wait();
    return {
      name,
      page,
      toneHz,
      complaints,
      press,
      sees: (selector) =>
        page
          .locator(selector)
          .wait()
          .then(() => {}),
      seesNot: (selector) => expect.poll(async () => (await page.$(selector)) === null).toBe(true),
      hears: () => hears(page),
      notes: () => page.evaluate(() => window.parleyNotes ?? 0),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

declare global {
  interface Window {
    /** How many packets of sound have come in through the page's connections. */
    parleyPackets?: () => Promise<number>;
    parleyNotes?: number;
  }
}

/** Runs inside the page, before its own scripts: so it must use nothing from outside itself. */
function installCounters() {
  const connections: RTCPeerConnection[] = [];
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };
  const make = BaseAudioContext.prototype.createOscillator;
  BaseAudioContext.prototype.createOscillator = function createOscillator() {
    window.parleyNotes = (window.parleyNotes ?? 0) + 1;
    return make.call(this);
  };
  window.parleyPackets = async () => {
    let sum = 0;
    for (const connection of connections.filter(({ connectionState }) => connectionState !== 'closed')) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'audio') sum += report.packetsReceived ?? 0;
      }
    }
    return sum;
  };
}

/** The fewest packets a second of a speaker, who sends 50; a silent or muted participant sends hardly any. */
const leastPackets = 20;

async function hears(page: Page) {
  let before = Number.POSITIVE_INFINITY;
  await expect
    .poll(
      async () => {
        const now = await page.evaluate(() => window.parleyPackets?.() ?? 0);
        const isPlayed = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLAudioElement>('audio[data-call-audio]')].some(
            ({ paused, muted }) => !paused && !muted,
          ),
        );
        const rise = now - before;
        before = now;
        return isPlayed && rise >= leastPackets ? 'hears' : `${rise} packets, played: ${isPlayed}`;
      },
      { intervals: [1000] },
    )
    .toBe('hears');
}
