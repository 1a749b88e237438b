import { choose } from './chosen-media';
import { withDevice } from './device-work';
import type { Kit } from './kit';

/** Switches the camera on; it counts as chosen once it is sent. */
export function openCamera(kit: Kit): Promise<void> {
  return withDevice(kit, 'camera', async (room) => {
    const isCurrentRoom = () => kit.room === room && room.state().connection !== 'disconnected';
    try {
      await room.setCamera(true);
      if (isCurrentRoom()) choose(kit, { isCameraOn: room.state().isCameraOn });
    } catch (error) {
      if (isCurrentRoom()) choose(kit, { isCameraOn: false });
      throw error;
    }
  });
}

/** The camera as it was before the connection was lost. */
export async function restoreCamera(kit: Kit): Promise<void> {
  if (kit.chosen.isCameraOn) await openCamera(kit);
}
