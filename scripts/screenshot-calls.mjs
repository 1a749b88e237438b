/** Scenes of calls that go well: ringing, talking, sharing, groups, switching. */

import {
  answer,
  callFromProfile,
  callOf,
  goTo,
  incoming,
  isPhone,
  leave,
  open,
  phase,
  press,
  pressInCall,
  speaking,
  startCall,
} from './screenshot-moves.mjs';

/** @type {import('./screenshot-scenes.mjs').Scenes} */
export const callScenes = {
  unanswered: async ({ person, shoot }) => {
    const alice = await person('alice');
    await open(alice, 'Bob');
    if (isPhone(alice)) {
      await press(alice, 'Call');
      await alice.getByRole('dialog', { name: 'Start call' }).waitFor();
      await shoot(alice, 'start-call');
      await press(alice, 'Cancel');
    }
    await startCall(alice);
    await phase(alice, 'outgoing');
    await shoot(alice, 'outgoing-unreached');
    await leave(alice);
    await alice.getByRole('status').filter({ hasText: 'Call cancelled' }).waitFor();
    await shoot(alice, 'ended-cancelled');
  },

  direct: async ({ person, shoot }) => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    await open(alice, 'Weekend trip');
    await open(bob, 'Alice');
    await alice
      .getByRole('textbox', { name: 'Message', exact: true })
      .fill('Yes, there are two full cans in');
    await startCall(bob);
    await incoming(alice);
    await shoot(alice, 'incoming');
    await bob.getByText('Ringing…').first().waitFor();
    await shoot(bob, 'outgoing');
    await answer(alice, 'Accept');
    await phase(bob, 'connected');
    await open(alice, 'Bob');
    await phase(alice, 'connected');
    if (isPhone(alice)) {
      await shoot(alice, 'call-docked');
      await goTo(alice, 'Messages');
      await shoot(alice, 'call-list');
      await open(alice, 'Bob');
      await press(alice, 'Full window');
      await speaking(alice);
      await shoot(alice, 'call');
    } else {
      await alice.getByText('Good connection').waitFor();
      await speaking(alice);
      await shoot(alice, 'call');
      await pressInCall(alice, 'Devices');
      await alice.getByRole('dialog', { name: 'Devices' }).waitFor();
      await shoot(alice, 'call-devices');
      await alice.keyboard.press('Escape');
    }
    await goTo(alice, 'Calls');
    await alice.getByRole('heading', { name: 'Calls', exact: true }).waitFor();
    await speaking(alice);
    await shoot(alice, 'calls-in-call');
    await open(alice, 'Bob');
    await press(alice, 'Full window');
    await shoot(alice, 'call-full-direct');
    await pressInCall(alice, 'Camera');
    await alice.locator('video').first().waitFor();
    await shoot(alice, 'call-camera-full');
    await pressInCall(alice, 'Back to the conversation');
    await shoot(alice, 'call-camera');
    await pressInCall(alice, 'Camera');
    await bob.close();
    await alice.getByText(/Ending in/).waitFor();
    await shoot(alice, 'countdown');
    await press(alice, 'Full window');
    await shoot(alice, 'countdown-full');
    await leave(alice);
    await alice.getByRole('status').filter({ hasText: 'Call ended' }).waitFor();
    await shoot(alice, 'ended');
  },

  group: async ({ person, shoot }) => {
    const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
    await open(alice, 'Weekend trip');
    await open(carol, 'general');
    await startCall(alice);
    await incoming(bob);
    await incoming(carol);
    await shoot(carol, 'incoming-group');
    await answer(bob, 'Decline');
    await alice.getByText('Declined').first().waitFor();
    await shoot(alice, 'outgoing-group');
    await answer(carol, 'Accept');
    await phase(alice, 'connected');
    await speaking(alice);
    await shoot(alice, 'call-group');
    await open(bob, 'Weekend trip');
    await bob.getByRole('button', { name: 'Join call', exact: true }).first().waitFor();
    await shoot(bob, 'conversation-live');
    await bob.getByRole('main').getByRole('button', { name: 'Join call', exact: true }).first().click();
    if (isPhone(bob)) {
      const join = bob.getByRole('dialog').getByRole('button', { name: 'Join call', exact: true });
      if (await join.isVisible()) await join.click();
    }
    await phase(bob, 'connected');
    await pressInCall(carol, 'Camera');
    if (!isPhone(alice)) await press(alice, 'Full window');
    await alice.locator('video').first().waitFor();
    await shoot(alice, 'call-full');
    await press(alice, 'People and volume');
    await shoot(alice, 'call-people');
    await alice.keyboard.press('Escape');
    if (!isPhone(alice)) {
      await pressInCall(alice, 'Chat');
      await alice.getByRole('complementary', { name: 'Chat' }).waitFor();
      await shoot(alice, 'call-chat');
      await pressInCall(alice, 'Close chat');
    }
    await callOf(alice).getByRole('button', { name: 'Back to the conversation' }).click();
    const dave = await person('dave');
    await callFromProfile(dave, 'Alice');
    await incoming(alice);
    await shoot(alice, 'incoming-in-call');
    await answer(alice, 'Accept');
    await alice.getByRole('dialog', { name: 'Switch call?' }).waitFor();
    await shoot(alice, 'switch');
    await alice.getByRole('dialog').getByRole('button', { name: 'Stay', exact: true }).click();
    await shoot(alice, 'incoming-after-stay');
  },

  sharing: async ({ person, shoot }) => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    await bob.addInitScript(sharePlan);
    await bob.reload();
    await open(bob, 'Weekend trip');
    await startCall(bob);
    await incoming(alice);
    await answer(alice, 'Accept');
    await phase(alice, 'connected');
    const share = callOf(bob).getByRole('button', { name: 'Share screen', exact: true });
    // A phone shares nothing; there Bob sits at a desk.
    if (isPhone(bob)) await bob.setViewportSize({ width: 1280, height: 800 });
    await share.click();
    await alice.getByText('is sharing their screen').first().waitFor();
    if (!isPhone(alice)) {
      await open(alice, 'Weekend trip');
      await shoot(alice, 'sharing-docked');
      await press(alice, 'Full window');
    }
    await speaking(alice);
    await shoot(alice, 'sharing');
    if (!isPhone(alice)) {
      await bob.getByRole('button', { name: 'Full window' }).click();
      await shoot(bob, 'sharing-own');
    }
  },
};

/** Runs inside the page: its screen is a plan on a canvas that is always there to be shared. */
function sharePlan() {
  navigator.mediaDevices.getDisplayMedia = async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
    const pen = canvas.getContext('2d');
    const draw = () => {
      if (!pen) return;
      pen.fillStyle = '#f5f3ee';
      pen.fillRect(0, 0, 1280, 720);
      pen.fillStyle = '#26221f';
      pen.font = '700 44px sans-serif';
      pen.fillText('Garden plan, spring', 72, 110);
      pen.fillStyle = '#dfe8d3';
      pen.fillRect(72, 160, 640, 480);
      pen.fillStyle = '#a8835f';
      for (const y of [200, 340, 480]) pen.fillRect(112, y, 260, 100);
    };
    draw();
    setInterval(draw, 200);
    return canvas.captureStream(5);
  };
}
