/** Scenes of many people with names of every kind. */

import { bringGuests, guestNames } from '../tests/support/crowded-call.ts';
import {
  answer,
  incoming,
  isPhone,
  leave,
  open,
  phase,
  press,
  pressInCall,
  showMembers,
} from './screenshot-moves.mjs';

const title = 'Straßenfest und Nachbarschaftsflohmarkt im Innenhof, Planung 🌻';

/** @type {import('./screenshot-scenes.mjs').Scenes} */
export const crowdScenes = {
  crowd: async ({ app, browser, person, shoot }) => {
    const alice = await person('alice');
    const guests = await bringGuests(browser, app, guestNames);
    const rest = guestNames.map((_, index) => index).slice(1);
    const conversation = await guests.makeGroup(title, ['alice']);
    await open(alice, 'Weekend trip');
    const call = await guests.call(conversation);
    await incoming(alice);
    await shoot(alice, 'incoming-long');
    await answer(alice, 'Accept');
    await phase(alice, 'connected');
    if (isPhone(alice)) await pressInCall(alice, 'Back to the conversation');
    await guests.join(call, rest.slice(0, 8));
    await shoot(alice, 'call-10-docked');
    await guests.join(call, rest.slice(8));
    await alice.getByText('25 people').first().waitFor({ state: 'attached' });
    await shoot(alice, 'call-25-docked');
    await press(alice, 'Full window');
    await guests.speak(12, true);
    await guests.speak(4, true);
    await alice.locator('[data-speaking]').nth(1).waitFor();
    await shoot(alice, 'call-25');
    await press(alice, 'People and volume');
    await shoot(alice, 'call-25-people');
    await alice.keyboard.press('Escape');
    if (!isPhone(alice)) {
      await pressInCall(alice, 'Chat');
      await shoot(alice, 'call-25-chat');
      await pressInCall(alice, 'Close chat');
    }
    await leave(alice);
    await open(alice, title);
    await shoot(alice, 'group-of-25');
    await showMembers(alice);
    await shoot(alice, 'members-25');
    await guests.close();
  },
};
