import type { Page } from '@playwright/test';

declare global {
  interface Window {
    parleyGaps?: { restart(): void; longestMs(): number; heardMs(): number };
  }
}

/**
 * Listens to everything the page receives and remembers the longest silence, in time of the sound
 * itself: a page that is late with its own work is not taken for a gap. Must be called before the
 * page loads anything.
 */
export async function installGapMeter(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const context = new AudioContext();
    const sum = context.createGain();
    const blockSize = 1024;
    // An audio worklet would need a script that the page's policy does not allow.
    const meter = context.createScriptProcessor(blockSize, 1, 1);
    sum.connect(meter).connect(context.destination);
    let silentBlocks = 0;
    let longest = 0;
    let heard = 0;
    meter.onaudioprocess = ({ inputBuffer }) => {
      const samples = inputBuffer.getChannelData(0);
      let loudest = 0;
      for (const sample of samples) loudest = Math.max(loudest, Math.abs(sample));
      if (loudest > 0.005) {
        silentBlocks = 0;
        heard += 1;
      } else silentBlocks += 1;
      longest = Math.max(longest, silentBlocks);
    };
    const blockMs = (blockSize / context.sampleRate) * 1000;
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('track', ({ track }) => {
          if (track.kind !== 'audio') return;
          void context.resume();
          context.createMediaStreamSource(new MediaStream([track])).connect(sum);
        });
      }
    };
    window.parleyGaps = {
      restart: () => {
        silentBlocks = 0;
        longest = 0;
        heard = 0;
      },
      longestMs: () => longest * blockMs,
      heardMs: () => heard * blockMs,
    };
  });
}

/** Begins to measure anew. */
export async function restartGapMeter(page: Page): Promise<void> {
  await page.evaluate(() => window.parleyGaps?.restart());
}

/** The longest silence since, and how much was heard at all, in milliseconds. */
export async function readGaps(page: Page): Promise<{ longestMs: number; heardMs: number }> {
  return page.evaluate(() => ({
    longestMs: window.parleyGaps?.longestMs() ?? Number.POSITIVE_INFINITY,
    heardMs: window.parleyGaps?.heardMs() ?? 0,
  }));
}
