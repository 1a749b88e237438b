import {
  type LocalTrack,
  type LocalTrackPublication,
  type Room,
  RoomEvent,
  Track,
  TrackEvent,
} from 'livekit-client';
import type { DeviceKind } from '../shown';
import type { DeviceNews } from './media-types';

const kinds: Partial<Record<Track.Source, DeviceKind>> = {
  [Track.Source.Microphone]: 'audioinput',
  [Track.Source.Camera]: 'videoinput',
};
const words: Record<DeviceKind, string> = {
  audioinput: 'microphone',
  audiooutput: 'speaker',
  videoinput: 'camera',
};
/** News that need nobody to act go away by themselves. */
const shownMs = 8000;

/**
 * Says when a device that is in use goes away, whether LiveKit found another in its place, and when a
 * microphone is plugged in; null when there is nothing to say any more.
 *
 * @returns stops it
 */
export function watchDevices(room: Room, tell: (news: DeviceNews | null) => void): () => void {
  const seen = new WeakSet<LocalTrack>();
  let lost: DeviceKind | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: Set<string> | null = null;

  function say(news: DeviceNews | null, forMs?: number) {
    clearTimeout(timer);
    if (forMs !== undefined) timer = setTimeout(() => tell(null), forMs);
    tell(news);
  }

  function watch({ track, source }: LocalTrackPublication) {
    const kind = kinds[source];
    if (!track || !kind || seen.has(track)) return;
    seen.add(track);
    track.on(TrackEvent.Ended, () => {
      lost = kind;
      say({ kind, what: 'lost', deviceId: null, text: `Your ${words[kind]} was unplugged.` });
    });
    // LiveKit takes the system's next one when there is one.
    track.on(TrackEvent.Restarted, () => {
      if (lost !== kind) return;
      lost = null;
      const text = `Your ${words[kind]} was unplugged. You are using another one now.`;
      say({ kind, what: 'replaced', deviceId: null, text }, shownMs);
    });
  }

  async function lookForNew() {
    // On plain http there is no list of devices at all.
    const media: MediaDevices | undefined = navigator.mediaDevices;
    const devices = (await media?.enumerateDevices().catch(() => [])) ?? [];
    const named = devices.filter(({ kind, deviceId }) => kind === 'audioinput' && !isAlias(deviceId));
    const fresh = named.find(({ deviceId }) => known !== null && !known.has(deviceId));
    known = new Set(named.map(({ deviceId }) => deviceId));
    if (!fresh || lost) return;
    const text = `${fresh.label || 'Another microphone'} is plugged in.`;
    say({ kind: 'audioinput', what: 'added', deviceId: fresh.deviceId, text }, shownMs);
  }

  room.on(RoomEvent.LocalTrackPublished, watch);
  room.on(RoomEvent.MediaDevicesChanged, () => void lookForNew());
  void lookForNew();
  return () => clearTimeout(timer);
}

function isAlias(deviceId: string): boolean {
  return deviceId === '' || deviceId === 'default' || deviceId === 'communications';
}
