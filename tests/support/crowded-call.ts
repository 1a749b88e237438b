import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { root } from '../../scripts/paths.mjs';
import { addCrowd } from './crowd.ts';
import type { RunningApp } from './running-app';
import { signInAt, type WebPerson } from './web-person.ts';

/** Names that a screen must stand: long, without a space, from right to left, with emoji, of one letter. */
export const guestNames: readonly string[] = [
  ...['Noor', 'Tomás Ó Fiannachta', 'Priya Raghunathan', 'Mina', 'Maximiliana von Hohenfels-Adlersberg'],
  ...['עדי לוי', 'ليلى حداد', 'Jun 🦊', 'Ines', 'Ola', 'Pavel', 'Rosa 🌻🌻🌻', 'Samir', 'Theo'],
  ...[
    'Uma',
    'Viktor',
    'Wanda',
    'Yusuf',
    'Zoë',
    'Kofi',
    'Łukasz Brzęczyszczykiewicz',
    'محمد عبد الرحمن الخطيب',
  ],
  ...['Donaudampfschifffahrtsgesellschaftskapitän', 'O'],
];

/** What the guests' page offers; their LiveKit connections live in there. */
type GuestPage = {
  enter(media: { url: string; token: string }): Promise<number>;
  /** Null is silence. */
  speak(guest: number, voiceHz: number | null): Promise<void>;
};
declare global {
  interface Window {
    guestPage: GuestPage;
  }
}

export type Guests = {
  names: readonly string[];
  /** A group of the first guest with all others and these users; answers its id. */
  makeGroup: (title: string, usernames: readonly string[]) => Promise<string>;
  /** The first guest calls everyone in the conversation; returns the call's id. */
  call: (conversationId: string) => Promise<string>;
  /** Guests enter the call and connect; until they speak they have no microphone. */
  join: (callId: string, guests: readonly number[]) => Promise<void>;
  speak: (guest: number, isLoud: boolean) => Promise<void>;
  leave: (callId: string, guests: readonly number[]) => Promise<void>;
  close: () => Promise<void>;
};

/**
 * Brings people who call from one page without an interface: real sign-ins, real requests, one real LiveKit
 * connection each. So a call of 25 fits a small machine.
 *
 * @param names of at most 24 people; one by one they become `crowd0`, `crowd1`, …
 */
export async function bringGuests(
  browser: Browser,
  app: RunningApp,
  names: readonly string[],
): Promise<Guests> {
  addCrowd(app, names);
  // One after the other: more than twenty at one moment are sent away (lib/http/rate-limit.ts).
  const people: WebPerson[] = [];
  for (const index of names.keys()) people.push(await signInAt(app.url, `crowd${index}`, 'parley-demo'));
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  const client = readFileSync(join(root, 'node_modules/livekit-client/dist/livekit-client.umd.js'), 'utf8');
  // Any address on this machine does: the browser refuses connections to LiveKit from a page without one.
  await page.goto(`${app.url}/api/health/live`);
  await page.addScriptTag({ content: client });
  await page.evaluate(openGuestPage);
  const connections = new Map<number, number>();

  const person = (index: number): WebPerson => {
    const found = people[index];
    if (!found) throw new Error(`there is no guest ${index}`);
    return found;
  };
  const ask = async (index: number, path: string, body: unknown) => {
    const answer = await person(index).request('POST', path, body);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const connect = async (index: number, media: { url: string; token: string }) => {
    const number = await page.evaluate((pass) => window.guestPage.enter(pass), media);
    connections.set(index, number);
  };
  const clientId = (index: number) => `guest-tab-${index}`;

  return {
    names,
    makeGroup: async (title, usernames) => {
      const { users } = await (await person(0).request('GET', '/api/users')).json();
      const wanted = new Set([...usernames, ...names.slice(1).map((_, index) => `crowd${index + 1}`)]);
      const userIds = users
        .filter((user: { username: string }) => wanted.has(user.username))
        .map((user: { id: string }) => user.id);
      return (await ask(0, '/api/conversations', { userIds, title })).id;
    },
    call: async (conversationId) => {
      const { call, media } = await ask(0, '/api/calls', { conversationId, clientId: clientId(0) });
      await connect(0, media);
      return call.id;
    },
    join: async (callId, guests) => {
      for (let next = 0; next < guests.length; next += 6) {
        const batch = guests.slice(next, next + 6).map(async (index) => {
          const { media } = await ask(index, `/api/calls/${callId}/join`, { clientId: clientId(index) });
          await connect(index, media);
        });
        await Promise.all(batch);
      }
    },
    speak: (guest, isLoud) =>
      page.evaluate(([number, hz]) => window.guestPage.speak(number, hz), [
        connections.get(guest) ?? -1,
        isLoud ? 300 + guest * 7 : null,
      ] as const),
    leave: async (callId, guests) => {
      for (const index of guests)
        await person(index).request('POST', `/api/calls/${callId}/leave`, { clientId: clientId(index) });
    },
    close: () => context.close(),
  };
}

/** Runs inside the guests' page, after LiveKit's client: so it must use nothing from outside itself. */
function openGuestPage(): void {
  const { Room, Track } = Reflect.get(window, 'LivekitClient') as typeof import('livekit-client');
  const context = new AudioContext();
  const open: InstanceType<typeof Room>[] = [];
  window.guestPage = {
    async enter({ url, token }) {
      const room = new Room();
      // No person listens here: the sound of 24 people 24 times over would need a bigger machine.
      await room.connect(url, token, { autoSubscribe: false, maxRetries: 0 });
      return open.push(room) - 1;
    },
    async speak(guest, voiceHz) {
      const self = open[guest]?.localParticipant;
      const known = self?.getTrackPublication(Track.Source.Microphone);
      if (known) return void (await (voiceHz === null ? known.mute() : known.unmute()));
      const out = context.createMediaStreamDestination();
      const voice = new OscillatorNode(context, { frequency: voiceHz ?? 0 });
      voice.connect(new GainNode(context, { gain: 0.3 })).connect(out);
      voice.start();
      const [track] = out.stream.getAudioTracks();
      if (track) await self?.publishTrack(track, { source: Track.Source.Microphone });
    },
  };
}
