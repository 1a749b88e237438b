import { type DeviceOwners, withDevice } from './device-work';
import type { Kit } from './kit';

export type CameraOwners = DeviceOwners & Pick<Kit, 'chosenMedia'>;

/** Switches the camera on; it counts as chosen once it is sent. */
export function openCamera(kit: CameraOwners): Promise<void> {
  return withDevice(kit, 'camera', async (room) => {
    const isCurrentRoom = () =>
      kit.connection.current() === room && room.state().connection !== 'disconnected';
    try {
      await room.setCamera(true);
      if (isCurrentRoom()) kit.chosenMedia.choose({ isCameraOn: room.state().isCameraOn });
    } catch (error) {
      if (isCurrentRoom()) kit.chosenMedia.choose({ isCameraOn: false });
      throw error;
    }
  });
}

/** The camera as it was before the connection was lost. */
export async function restoreCamera(kit: CameraOwners): Promise<void> {
  if (kit.chosenMedia.get().isCameraOn) await openCamera(kit);
}
