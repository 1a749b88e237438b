/** Scenes of what goes wrong, is missing or stands empty. */

import {
  answer,
  callFromProfile,
  callOf,
  goTo,
  incoming,
  isPhone,
  leave,
  open,
  openProfile,
  phase,
  press,
  startCall,
} from './screenshot-moves.mjs';

/** @type {import('./screenshot-scenes.mjs').Scenes} */
export const stateScenes = {
  empty: async ({ app, visitor, shoot }) => {
    const page = await visitor();
    await page.goto(`${app.url}/register`);
    await page.getByLabel('Username', { exact: true }).fill('nina');
    await page.getByLabel('Password', { exact: true }).fill('a long enough word');
    await press(page, 'Create account');
    await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    await shoot(page, 'list-empty');
    await open(page, 'random');
    const dialog = await openProfile(page, 'Dave');
    await dialog.getByRole('button', { name: 'Message', exact: true }).click();
    await page.getByText('Say hello to Dave').waitFor();
    await shoot(page, 'conversation-empty');
  },

  broken: async ({ person, shoot }) => {
    const page = await person('alice');
    await page.route('**/messages?*', (route) => route.abort());
    await open(page, 'Weekend trip');
    await page.getByText('Messages didn’t load').waitFor();
    await shoot(page, 'messages-failed');
    await page.unroute('**/messages?*');
    await press(page, 'Try again');
    await page.getByRole('log', { name: 'Messages' }).waitFor();
    await page.route('**/messages', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.fallback(),
    );
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Does this arrive?');
    await press(page, 'Send');
    await page.getByText('Not sent.').waitFor();
    await shoot(page, 'message-not-sent');
    await page.route('**/api/calls*', (route) => route.abort());
    await goTo(page, 'Calls');
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await shoot(page, 'calls-failed');
  },

  messages: async ({ person, shoot }) => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    await open(alice, 'Weekend trip');
    await open(bob, 'Weekend trip');
    const lines = [
      'The ferry times are on https://example.org/ferries/summer?from=harbour&to=island.',
      'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, without a break',
      'שלום, מתי יוצאים? נפגשים ליד הספינה.',
      '🦊🌻🚲',
      'First line\nSecond line\n\nFourth line',
      ...Array.from({ length: 24 }, (_, index) => `Stop ${index + 1} of the tour`),
    ];
    const send = async (/** @type {typeof bob} */ page, /** @type {string} */ line) => {
      await page.getByRole('textbox', { name: 'Message', exact: true }).fill(line);
      await press(page, 'Send');
    };
    for (const line of lines.slice(0, 5)) await send(bob, line);
    await alice.getByRole('log', { name: 'Messages' }).getByText('Fourth line').waitFor();
    await send(alice, 'Mine, and I may take it back');
    await shoot(alice, 'messages-many');
    for (const line of lines.slice(5)) await send(bob, line);
    await alice.getByRole('log', { name: 'Messages' }).getByText('Stop 24 of the tour').waitFor();
    await alice.getByRole('log', { name: 'Messages' }).evaluate((log) => log.scrollBy(0, -600));
    await alice.getByRole('button', { name: 'Newest messages' }).waitFor();
    await send(bob, 'And one more');
    await alice.getByRole('button', { name: '1 new message' }).waitFor();
    await shoot(alice, 'messages-scrolled');
  },

  listening: async ({ person, shoot }) => {
    const [alice, carol] = [await person('alice'), await person('carol', { canSpeak: false })];
    await callFromProfile(alice, 'Carol');
    await incoming(carol);
    await answer(carol, 'Accept');
    await phase(carol, 'connected');
    await carol
      .getByText(/microphone is blocked/)
      .first()
      .waitFor();
    await shoot(carol, 'microphone-blocked');
    if (!isPhone(carol)) {
      await press(carol, 'Full window');
      await shoot(carol, 'microphone-blocked-full');
    }
    await leave(alice);
    await callOf(carol).waitFor({ state: 'hidden' });
    await shoot(carol, 'ended-by-other');
  },

  elsewhere: async ({ person, shoot }) => {
    const [alice, bob, other] = [await person('alice'), await person('bob'), await person('alice')];
    await open(other, 'Weekend trip');
    await open(alice, 'Bob');
    await startCall(alice);
    await incoming(bob);
    await answer(bob, 'Accept');
    await phase(alice, 'connected');
    await other.getByRole('button', { name: 'Move call here' }).waitFor();
    await shoot(other, 'move-here');
  },

  blocked: async ({ person, shoot }) => {
    const [alice, bob] = [await person('alice'), await person('bob', { isUntouched: true })];
    // Browsers block sound until a click: the sign-in was one, and a new page has had none.
    const page = await bob.context().newPage();
    const untouched = await page.context().newCDPSession(page);
    await untouched.send('Page.navigate', { url: bob.url() });
    await bob.close();
    await open(alice, 'Bob');
    await startCall(alice);
    await alice.getByText('Ringing…').first().waitFor();
    await shoot(page, 'sound-blocked');
    await leave(alice);
  },

  history: async ({ person, shoot }) => {
    const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
    await open(alice, 'Bob');
    await startCall(alice);
    await incoming(bob);
    await answer(bob, 'Decline');
    await callOf(alice).waitFor({ state: 'hidden' });
    await open(bob, 'Alice');
    for (let times = 0; times < 2; times += 1) {
      await startCall(bob);
      await incoming(alice);
      await leave(bob);
    }
    await open(carol, 'Weekend trip');
    await startCall(carol);
    await incoming(alice);
    await answer(alice, 'Accept');
    await phase(carol, 'connected');
    await leave(alice);
    await goTo(alice, 'Calls');
    await alice.getByRole('main').getByText('Missed call').last().waitFor();
    await shoot(alice, 'calls');
    await alice.getByRole('button', { name: /^Missed/ }).click();
    await shoot(alice, 'calls-missed');
    await open(alice, 'Bob');
    await shoot(alice, 'conversation-calls');
  },

  reconnecting: async ({ app, person, shoot }) => {
    const [dave, carol] = [await person('dave'), await person('carol')];
    await callFromProfile(dave, 'Carol');
    await incoming(carol);
    await answer(carol, 'Accept');
    await phase(dave, 'connected');
    process.kill(app.pids().livekit, 'SIGKILL');
    await phase(dave, 'reconnecting');
    await shoot(dave, 'reconnecting');
  },
};
