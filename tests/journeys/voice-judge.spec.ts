import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import { hears, hearsNothing, readVoices } from '../support/voice';

/** The judge of all other journeys is itself judged: it must be able to say no. */
test('the judge hears exactly the tone that is sent, and silence when it ends', async ({ person }) => {
  const alice = await person('alice');
  const bob = await person('bob');
  await connectDirectly(alice.page, bob.page);

  await alice.hears(bob);
  await bob.hears(alice);
  await expect(hears(bob.page, 1700, 1500), 'a tone that no person sends').rejects.toThrow();
  await expect(bob.hearsNothing(1500), 'silence while alice speaks').rejects.toThrow();

  await bob.page.evaluate(() => window.directCall?.setSpeaker(false));
  await bob.hearsNothing();
  await bob.page.evaluate(() => window.directCall?.setSpeaker(true));
  await bob.hears(alice);

  await alice.page.evaluate(() => window.parleyVoice?.setTone(1700));
  await hears(bob.page, 1700);
  await alice.page.evaluate(() => window.directCall?.stopTalking());
  await hearsNothing(bob.page);
  await alice.hears(bob);
});

test('a browser without a call receives nothing', async ({ person }) => {
  const alice = await person('alice');
  expect(await readVoices(alice.page)).toEqual([]);
});

type DirectCall = {
  offer(): Promise<string>;
  answer(offer: string): Promise<string>;
  finish(answer: string): Promise<void>;
  setSpeaker(isOn: boolean): void;
  stopTalking(): void;
};

declare global {
  interface Window {
    directCall?: DirectCall;
  }
}

/** Two plain peer connections, with nothing of ours between them. */
async function connectDirectly(caller: Page, callee: Page): Promise<void> {
  await caller.evaluate(installDirectCall);
  await callee.evaluate(installDirectCall);
  const offer = await caller.evaluate(() => window.directCall?.offer());
  const answer = await callee.evaluate((text) => window.directCall?.answer(text ?? ''), offer);
  await caller.evaluate((text) => window.directCall?.finish(text ?? ''), answer);
}

/** Runs inside the page. */
function installDirectCall(): void {
  const connection = new RTCPeerConnection();
  const speaker = new Audio();
  connection.ontrack = ({ track }) => {
    speaker.srcObject = new MediaStream([track]);
    void speaker.play();
  };
  let tracks: MediaStreamTrack[] = [];
  const describe = async (make: () => Promise<RTCSessionDescriptionInit>) => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    tracks = stream.getTracks();
    for (const track of tracks) connection.addTrack(track, stream);
    const gathered = new Promise<void>((resolve) => {
      connection.onicecandidate = ({ candidate }) => candidate ?? resolve();
    });
    await connection.setLocalDescription(await make());
    await gathered;
    return JSON.stringify(connection.localDescription);
  };
  window.directCall = {
    offer: () => describe(() => connection.createOffer()),
    answer: async (offer) => {
      await connection.setRemoteDescription(JSON.parse(offer));
      return describe(() => connection.createAnswer());
    },
    finish: (answer) => connection.setRemoteDescription(JSON.parse(answer)),
    setSpeaker: (isOn) => {
      speaker.muted = !isOn;
    },
    stopTalking: () => {
      for (const track of tracks) track.stop();
    },
  };
}
