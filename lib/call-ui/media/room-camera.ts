import { type LocalTrack, LocalVideoTrack, ParticipantEvent, type Room, Track } from 'livekit-client';
import { BlurError, type BlurProblem } from './blur-problem';
import { cameraTrackOf } from './camera-track';
import { loadBlur } from './load-blur';
import { isUserFacing } from './user-facing';

/**
 * The camera of one room. While its background is to be blurred, nothing but blurred pictures is sent: a camera that
 * can't be blurred stays off, or is switched off, and `blurProblem` says why.
 *
 * @param send publishes what was opened
 * @param changed called when something about it is different
 */
export function createRoomCamera(
  room: Room,
  isBlurredAtFirst: boolean,
  send: (opening: Promise<LocalTrack[]>) => Promise<void>,
  changed: () => void,
) {
  let isBlurred = isBlurredAtFirst;
  let problem: BlurProblem | null = null;
  let opening: LocalTrack[] = [];
  let isClosed = false;

  const current = () => room.localParticipant.getTrackPublication(Track.Source.Camera)?.videoTrack;
  const isAsChosen = (track: LocalVideoTrack) => (track.getProcessor() !== undefined) === isBlurred;

  function fail(what: BlurProblem) {
    if (isClosed || !isBlurred) return;
    problem = what;
    void stopSending();
    changed();
  }

  async function stopSending() {
    const track = current();
    if (!track) return;
    await room.localParticipant.setCameraEnabled(false).catch(() => {});
    await unpublishUnblurred();
  }

  /** A muted camera without the blur that is chosen would be shown by LiveKit's own way of switching it on. */
  async function unpublishUnblurred() {
    const track = current();
    if (isBlurred && track?.isMuted && !isAsChosen(track))
      await room.localParticipant.unpublishTrack(track).catch(() => {});
  }

  /** A camera that LiveKit's own components or the app switched on is black until it is blurred. */
  async function blurFromOutside(track: Track) {
    if (track.source !== Track.Source.Camera || !(track instanceof LocalVideoTrack)) return;
    if (!isBlurred || isAsChosen(track)) return;
    const device = track.mediaStreamTrack;
    device.enabled = false;
    problem = null;
    await blur(track).catch(() => {});
    // Waits until it is published, which it may not be yet.
    if (problem) await room.localParticipant.unpublishTrack(track);
    else device.enabled = true;
  }
  room.localParticipant.on(
    ParticipantEvent.LocalSenderCreated,
    (_sender, track) => void blurFromOutside(track).catch(() => {}),
  );

  async function open(): Promise<LocalTrack[]> {
    opening = await room.localParticipant.createTracks({ video: true });
    try {
      for (const track of opening) if (isBlurred && track instanceof LocalVideoTrack) await blur(track);
      return opening;
    } catch (error) {
      for (const track of opening) track.stop();
      throw error;
    } finally {
      opening = [];
    }
  }

  async function blur(track: LocalVideoTrack) {
    try {
      const { BackgroundBlur } = await loadBlur();
      await track.setProcessor(new BackgroundBlur(fail));
    } catch {
      fail('unavailable');
      throw new BlurError();
    }
  }

  /** Changes a camera that is being sent over to what is chosen; others see no gap. */
  async function applyChoice() {
    const track = current();
    await unpublishUnblurred();
    if (!track || track.isMuted || isAsChosen(track)) return;
    if (isBlurred) await blur(track);
    else await track.stopProcessor();
  }

  async function switchOn() {
    const hasFailed = problem !== null;
    problem = null;
    changed();
    const track = current();
    // A filter can't be put on a camera that is closed, and one that failed keeps nothing of what was asked of it.
    if (track?.isMuted && (hasFailed || !isAsChosen(track)))
      await room.localParticipant.unpublishTrack(track);
    if (current()) await room.localParticipant.setCameraEnabled(true);
    else await send(open());
    await applyChoice();
    // It may have failed before it was published.
    if (problem) await stopSending();
  }

  /** What is not blurred is off, and said by `blurProblem`. */
  async function orStayOff(work: () => Promise<unknown>) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof BlurError)) throw error;
      await stopSending();
    }
  }

  return {
    blurProblem: () => problem,
    forgetBlurProblem() {
      problem = null;
      changed();
    },
    async set(isOn: boolean) {
      await orStayOff(isOn ? switchOn : () => room.localParticipant.setCameraEnabled(false));
    },
    async setBlur(isChosen: boolean) {
      isBlurred = isChosen;
      problem = null;
      await orStayOff(applyChoice);
    },
    /** @param id '' is the system's choice */
    async choose(id: string) {
      // The side that a flip asked for would count as much as the device.
      const track = current();
      if (track) Reflect.deleteProperty(track.constraints, 'facingMode');
      await orStayOff(async () => {
        const device = id || 'default';
        try {
          await room.switchActiveDevice('videoinput', device, false);
        } catch (error) {
          // LiveKit takes the choice back; it counts once the camera is switched on again.
          const { videoCaptureDefaults } = room.options;
          if (error instanceof BlurError && videoCaptureDefaults) videoCaptureDefaults.deviceId = device;
          throw error;
        }
      });
    },
    async flip() {
      const track = current();
      if (!track) return;
      const facingMode = isUserFacing(cameraTrackOf(track)) ? 'environment' : 'user';
      await orStayOff(() => track.restartTrack({ facingMode }));
    },
    /** A camera that was switched off while another was being opened: LiveKit would leave that one open. */
    closeMuted() {
      const track = current();
      if (track?.isMuted) cameraTrackOf(track).stop();
    },
    close() {
      isClosed = true;
      for (const track of opening) track.stop();
    },
  };
}
