import { receiveReception } from './comparing-reception';
import { showReaction } from './gestures';
import type { InCall, Kit } from './kit';
import { createPictureWindow } from './picture-window';
import { documentPictureInPicture } from './pictures';
import { createPopOutWindow } from './pop-out-window';
import { createPushToTalk } from './push-to-talk';
import { listenForShortcuts } from './shortcuts';

/** Runs it for one provider until it is stopped. */
export function runInCall(kit: Kit): InCall {
  const picture = createPictureWindow(kit);
  const push = createPushToTalk(kit);
  const popOut = createPopOutWindow(kit, (target) => {
    const stops = [listenForShortcuts(kit, target), push.listen(target)];
    return () => {
      for (const stop of stops) stop();
    };
  });
  const stops = [push.listen(window), push.run(), popOut.run(), picture.run()];
  return {
    togglePicture: () => (documentPictureInPicture() ? popOut : picture).toggle(),
    receive(event) {
      if (event.type === 'reaction') showReaction(kit, event.data);
      if (event.type === 'reception') receiveReception(kit, event.data);
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
