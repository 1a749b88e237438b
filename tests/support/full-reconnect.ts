import type { WebSocketRoute } from '@playwright/test';
import type { Person } from './people';

/** LiveKit's `SignalResponse` with `leave: { action: RECONNECT }`, from livekit_rtc.proto: fields 8 and 3. */
const leaveAndReconnect = Buffer.from([0x42, 2, 0x18, 2]);

/**
 * Prepares a person's line to LiveKit; to be called before the call.
 *
 * @returns cuts the line and has the server refuse to resume it, as one does that has forgotten the participant: the
 * client makes its peer connections anew and publishes everything once more
 */
export async function prepareFullReconnect({ page }: Person): Promise<() => Promise<void>> {
  let line: WebSocketRoute | null = null;
  let isRefused = false;
  await page.routeWebSocket(/\/rtc/, (socket) => {
    if (isRefused) {
      isRefused = false;
      socket.send(leaveAndReconnect);
      return;
    }
    line = socket;
    socket.connectToServer();
  });
  return async () => {
    if (!line) throw new Error('there is no connection to LiveKit');
    isRefused = true;
    await line.close();
  };
}
