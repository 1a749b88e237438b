import type { InCall, Kit } from './kit';
import { createPushToTalk } from './push-to-talk';

/** Runs what only a call needs for one provider until it is stopped. */
export function runInCall(kit: Kit): InCall {
  const push = createPushToTalk(kit);
  const stops = [push.listen(window), push.run()];
  return {
    stop() {
      for (const stop of stops) stop();
    },
  };
}
