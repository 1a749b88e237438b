import { notifyDeviceAllowed } from './allowed-devices';
import { type DeviceProblem, deviceProblemOf } from './device-problem';

export type CameraAnswer = { track: MediaStreamTrack } | { problem: DeviceProblem };

/** Asks for the camera to look at it before a call; in one LiveKit asks itself. Never rejects. */
export async function requestCamera(cameraId: string): Promise<CameraAnswer> {
  const devices = globalThis.navigator?.mediaDevices;
  if (!devices?.getUserMedia) return { problem: 'insecure' };
  try {
    const stream = await devices.getUserMedia({ video: cameraId ? { deviceId: { ideal: cameraId } } : true });
    const track = stream.getVideoTracks()[0];
    if (!track) return { problem: 'missing' };
    notifyDeviceAllowed();
    return { track };
  } catch (error) {
    return { problem: deviceProblemOf(error) };
  }
}

/** Whether the camera would open without asking the person; false where the browser does not say. */
export async function isCameraAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' });
    return state === 'granted';
  } catch {
    return false;
  }
}
