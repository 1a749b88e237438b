import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { root } from '@/scripts/paths.mjs';
import { headlessChromiumPath } from './chromium';

/** What the page below offers; the only LiveKit code of a test runs in there. */
type MediaPage = {
  join(url: string, token: string): Promise<number>;
  leave(number: number): Promise<void>;
  cutOff(number: number): Promise<void>;
  waitUntilItMay(number: number, may: { publish: boolean; subscribe: boolean }): Promise<void>;
  others(number: number): string[];
  news(number: number): string[];
};
declare global {
  interface Window {
    mediaPage: MediaPage;
  }
}

const page = `<!doctype html><script src="/livekit-client.js"></script><script>
  const { Room, RoomEvent } = LivekitClient;
  const open = [];
  const sawEvent = (room, event, isDone) => new Promise((done) => {
    const look = () => isDone() && done();
    room.on(event, look);
    look();
  });
  window.mediaPage = {
    async join(url, token) {
      const room = new Room();
      const news = [];
      for (const event of Object.values(RoomEvent)) room.on(event, () => void news.push(event));
      await room.connect(url, token, { maxRetries: 0 });
      const cutOff = sawEvent(room, RoomEvent.Disconnected, () => room.state === 'disconnected');
      return open.push({ room, cutOff, news }) - 1;
    },
    others: (number) => [...open[number].room.remoteParticipants.keys()],
    // How well oneself is connected is no news about others.
    news: (number) => open[number].news.splice(0).filter((event) => event !== RoomEvent.ConnectionQualityChanged),
    leave: (number) => open[number].room.disconnect(),
    cutOff: (number) => open[number].cutOff,
    waitUntilItMay(number, may) {
      const { room } = open[number];
      return sawEvent(room, RoomEvent.ParticipantPermissionsChanged, () => {
        const now = room.localParticipant.permissions;
        return now.canPublish === may.publish && now.canSubscribe === may.subscribe;
      });
    },
  };
</script>`;

/** A browser that joins LiveKit rooms, without Parley's own pages. */
export async function openMediaBrowser(livekitUrl: string) {
  const client = readFileSync(join(root, 'node_modules/livekit-client/dist/livekit-client.umd.js'));
  const site = createServer((request, response) => {
    const isClient = request.url === '/livekit-client.js';
    response.setHeader('content-type', isClient ? 'text/javascript' : 'text/html');
    response.end(isClient ? client : page);
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const { port } = site.address() as AddressInfo;
  const browser = await launch();
  const tab = await browser.newPage();
  await tab.goto(`http://127.0.0.1:${port}/`);

  return {
    async join(token: string) {
      const number = await tab.evaluate(([url, pass]) => window.mediaPage.join(url, pass), [
        livekitUrl,
        token,
      ] as const);
      return {
        leave: () => tab.evaluate((one) => window.mediaPage.leave(one), number),
        others: () => tab.evaluate((one) => window.mediaPage.others(one), number),
        news: () => tab.evaluate((one) => window.mediaPage.news(one), number),
        waitForCutOff: () => tab.evaluate((one) => window.mediaPage.cutOff(one), number),
        waitUntilItMay: (may: { publish: boolean; subscribe: boolean }) =>
          tab.evaluate(([one, what]) => window.mediaPage.waitUntilItMay(one, what), [number, may] as const),
      };
    },
    async close() {
      await browser.close();
      site.closeAllConnections();
      await new Promise((closed) => site.close(closed));
    },
  };
}

function launch(): Promise<Browser> {
  return chromium.launch({
    ...(headlessChromiumPath && { executablePath: headlessChromiumPath }),
    args: ['--no-sandbox', '--disable-features=WebRtcHideLocalIpsWithMdns'],
  });
}
