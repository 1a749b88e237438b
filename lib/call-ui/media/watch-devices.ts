import {
  type LocalTrack,
  type LocalTrackPublication,
  type Room,
  RoomEvent,
  Track,
  TrackEvent,
} from 'livekit-client';
import type { DeviceKind } from '../view-models';
import type { DeviceNews } from './media-types';

const kinds: Partial<Record<Track.Source, DeviceKind>> = {
  [Track.Source.Microphone]: 'audioinput',
  [Track.Source.Camera]: 'videoinput',
};
/** Notices that need no action disappear by themselves. */
const shownMs = 8000;

export type DeviceWatch = {
  /** Call it when this kind was switched or chosen anew: the notice about it disappears. */
  settle(kind: DeviceKind): void;
  /** The kinds that went away and were not replaced; the same object while nothing changes. */
  unplugged(): ReadonlySet<DeviceKind>;
  stop(): void;
};

/**
 * Says when a device that is in use goes away, whether LiveKit found another in its place, and when a
 * microphone is plugged in; null when there is nothing to say any more.
 *
 * @param isHeard whether a microphone is being sent: a participant without one sees the notice of a new one until they act
 */
export function watchDevices(
  room: Room,
  isHeard: () => boolean,
  report: (news: DeviceNews | null) => void,
): DeviceWatch {
  const seen = new WeakSet<LocalTrack>();
  let lost: ReadonlySet<DeviceKind> = new Set();
  let reported: DeviceNews | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known: Set<string> | null = null;

  function show(news: DeviceNews | null, forMs?: number) {
    clearTimeout(timer);
    reported = news;
    if (forMs !== undefined) timer = setTimeout(() => show(null), forMs);
    report(news);
  }

  function settle(kind: DeviceKind) {
    lost = without(lost, kind);
    if (reported?.kind === kind && reported.what !== 'replaced') show(null);
  }

  function watch({ track, source }: LocalTrackPublication) {
    const kind = kinds[source];
    // Names and ids appear with the first device that the browser allows: nothing was plugged in.
    if (kind) void look().then((devices) => remember(devices));
    if (!track || !kind || seen.has(track)) return;
    seen.add(track);
    track.on(TrackEvent.Ended, () => {
      lost = new Set(lost).add(kind);
      show({ kind, what: 'lost', deviceId: null, name: '' });
    });
    // LiveKit takes the system's next one when there is one.
    track.on(TrackEvent.Restarted, () => {
      if (!lost.has(kind)) return;
      lost = without(lost, kind);
      show({ kind, what: 'replaced', deviceId: null, name: '' }, shownMs);
    });
  }

  async function look(): Promise<MediaDeviceInfo[]> {
    // On plain http there is no list of devices at all.
    const media: MediaDevices | undefined = navigator.mediaDevices;
    const devices = (await media?.enumerateDevices().catch(() => null)) ?? [];
    return devices.filter(({ kind, deviceId }) => kind === 'audioinput' && !isAlias(deviceId));
  }

  function remember(microphones: readonly MediaDeviceInfo[]) {
    known = new Set(microphones.map(({ deviceId }) => deviceId));
  }

  async function lookForNew() {
    const before = known;
    const microphones = await look();
    remember(microphones);
    const fresh = microphones.find(({ deviceId }) => before !== null && !before.has(deviceId));
    if (!fresh) return;
    const isNeeded = lost.has('audioinput') || !isHeard();
    const { deviceId, label: name } = fresh;
    const news: DeviceNews = { kind: 'audioinput', what: 'added', deviceId, name };
    show(news, isNeeded ? undefined : shownMs);
  }

  const onChange = () => void lookForNew();
  room.on(RoomEvent.LocalTrackPublished, watch);
  room.on(RoomEvent.MediaDevicesChanged, onChange);
  void look().then((microphones) => {
    if (known === null) remember(microphones);
  });
  return {
    settle,
    unplugged: () => lost,
    stop() {
      clearTimeout(timer);
      room.off(RoomEvent.LocalTrackPublished, watch);
      room.off(RoomEvent.MediaDevicesChanged, onChange);
    },
  };
}

function without(kinds: ReadonlySet<DeviceKind>, kind: DeviceKind): ReadonlySet<DeviceKind> {
  return kinds.has(kind) ? new Set([...kinds].filter((other) => other !== kind)) : kinds;
}

/** Chrome lists the system's choice a second time under these names. */
function isAlias(deviceId: string): boolean {
  return deviceId === 'default' || deviceId === 'communications';
}
