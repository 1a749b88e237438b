import { RemoteAudioTrack, type RemoteTrack, type Room, Track } from 'livekit-client';
import type { AudioMix } from './audio-mix';
import { type EarlySound, watchEarlySounds } from './early-sounds';
import type { SoundKind } from './media-types';
import { userIdOf } from './room-people';

/** From the first packet of a new device until its sound is surely out of the speaker. */
const overlapMs = 250;

type Voice = {
  userId: string;
  /** When this connection joined the room: of two the later is the device that a call was moved to. */
  joinedAt: number;
  element: HTMLMediaElement;
  isHeard: boolean;
  /** The element has begun to play. */
  hasPlayed: boolean;
  /** A newer device of the same person is heard instead. */
  isReplaced: boolean;
};

const kindOf = ({ source }: Pick<RemoteAudioTrack, 'source'>): SoundKind =>
  source === Track.Source.ScreenShareAudio ? 'screen' : 'voice';

/**
 * The sounds of a room as audio elements of the page: voices and the sound of shared screens, each at the volume that
 * was chosen for it. Of two devices of one person, which are both there while a call moves, the older is played
 * until the newer is heard, and not a moment longer.
 *
 * @param how `isHushed`: everything is played, but silently, so that nothing of what was received before waits its turn
 * when it may be heard (`unhush`); `onPlayed`: called whenever a sound has begun to play
 */
export function createRoomSounds(
  room: Room,
  mix: Pick<AudioMix, 'hasEveryVoice' | 'context'>,
  how: { isHushed?: () => boolean; onPlayed?: () => void } = {},
) {
  const { isHushed = () => false, onPlayed = () => {} } = how;
  const volumes = { voice: new Map<string, number>(), screen: new Map<string, number>() };
  const voices = new Map<RemoteAudioTrack, Voice>();
  const isMine = (identity: string) => userIdOf(identity) === userIdOf(room.localParticipant.identity);
  const early = watchEarlySounds(room, earlyVolume);

  function earlyVolume({ participantSid, trackSid }: EarlySound): number | null {
    const from = [...room.remoteParticipants.values()].find(({ sid }) => sid === participantSid);
    const source = from?.getTrackPublications().find((one) => one.trackSid === trackSid)?.source;
    if (!from || !source || mix.hasEveryVoice || isMine(from.identity)) return null;
    return isHushed() ? 0 : Math.min(1, chosenVolume(kindOf({ source }), userIdOf(from.identity)));
  }

  const chosenVolume = (kind: SoundKind, userId: string) => (volumes[kind].get(userId) ?? 100) / 100;

  /** Every track by itself: LiveKit's volume of a participant is that of the microphone alone. */
  function applyVolume(userId: string) {
    for (const [track, voice] of voices) {
      if (voice.userId !== userId) continue;
      const volume = chosenVolume(kindOf(track), userId);
      // Chromium hands a track to Web Audio only once an element has played it aloud: as loud as that can until then.
      const most = voice.hasPlayed || mix.hasEveryVoice ? volume : Math.min(1, volume);
      setLoudness(track, voice.isReplaced || isHushed() ? 0 : most);
    }
  }

  function setLoudness(track: RemoteAudioTrack, volume: number) {
    const isMixed = volume > 1;
    // An element refuses a volume above 1: the track is mixed before it gets one, and leaves the mix after it has none.
    if (isMixed && !mix.hasEveryVoice) track.setAudioContext(mix.context());
    track.setVolume(volume);
    if (!isMixed && !mix.hasEveryVoice) track.setAudioContext(undefined);
  }

  /** Plays the newest device that is heard, and until there is one every device. */
  function choose(userId: string, source: Track.Source) {
    const own = [...voices].filter(([track, voice]) => voice.userId === userId && track.source === source);
    const heard = own.filter(([, voice]) => voice.isHeard).map(([, { joinedAt }]) => joinedAt);
    const newest = Math.max(...heard);
    for (const [, voice] of own) voice.isReplaced = voice.joinedAt < newest;
    // Sets the volume, because LiveKit overwrites an element's `muted` when it starts or mixes sound.
    applyVolume(userId);
  }

  function stop(track: RemoteTrack) {
    track.detach();
    if (!(track instanceof RemoteAudioTrack)) return;
    const voice = voices.get(track);
    if (!voice) return;
    voice.element.remove();
    voices.delete(track);
    choose(voice.userId, track.source);
  }

  return {
    play(track: RemoteTrack, identity: string) {
      if (!(track instanceof RemoteAudioTrack)) return;
      const userId = userIdOf(identity);
      // My other device, from which the call is being moved: hearing it here would howl.
      if (isMine(identity)) return;
      const playing = early.take(track);
      const element = playing ? track.attach(playing) : track.attach();
      element.hidden = true;
      element.dataset.callAudio = userId;
      document.body.append(element);
      const joinedAt = room.remoteParticipants.get(identity)?.joinedAt?.getTime() ?? 0;
      const voice: Voice = { userId, joinedAt, element, isHeard: false, hasPlayed: false, isReplaced: false };
      voices.set(track, voice);
      applyVolume(userId);
      if (isHushed() && !mix.hasEveryVoice) {
        // A browser that allows no sound yet allows a muted one.
        element.muted = true;
        void element.play().catch(() => {});
      }
      const onPlaying = () => {
        voice.hasPlayed = !isHushed();
        onPlayed();
        if (voices.get(track) === voice) applyVolume(userId);
      };
      if (playing && !playing.paused) onPlaying();
      else element.addEventListener('playing', onPlaying, { once: true });
      whenHeard(track.mediaStreamTrack, () => {
        voice.isHeard = true;
        if (voices.get(track) === voice) choose(userId, track.source);
      });
    },
    stop,
    stopAll() {
      early.stop();
      for (const track of [...voices.keys()]) stop(track);
    },
    /** What was hushed is heard from here on. */
    unhush() {
      for (const [track, voice] of voices) {
        if (!mix.hasEveryVoice) voice.element.muted = false;
        applyVolume(voice.userId);
        setTimeout(() => {
          voice.hasPlayed = true;
          if (voices.get(track) === voice) applyVolume(voice.userId);
        }, overlapMs);
      }
    },
    setVolume(userId: string, kind: SoundKind, volume: number) {
      volumes[kind].set(userId, volume);
      applyVolume(userId);
    },
  };
}

/** A track that is received counts as muted until its first packet. */
function whenHeard(track: MediaStreamTrack, then: () => void) {
  const soon = () => setTimeout(then, overlapMs);
  if (track.muted) track.addEventListener('unmute', soon, { once: true });
  else soon();
}
