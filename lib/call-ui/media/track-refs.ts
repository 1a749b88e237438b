import { type Participant, Track } from 'livekit-client';
import type { CallTrackRef, CallTrackRefs } from '../view-models';

const known = new WeakMap<Participant, CallTrackRefs>();

/** The same object until one of these tracks is published or withdrawn: a tile renders for nothing else. */
export function trackRefsOf(participant: Participant): CallTrackRefs {
  const before = known.get(participant);
  const refOf = (source: Track.Source, old: CallTrackRef | undefined): CallTrackRef => {
    const publication = participant.getTrackPublication(source);
    if (old && old.publication === publication) return old;
    return publication ? { participant, publication, source } : { participant, source };
  };
  const now: CallTrackRefs = {
    microphone: refOf(Track.Source.Microphone, before?.microphone),
    camera: refOf(Track.Source.Camera, before?.camera),
    screen: refOf(Track.Source.ScreenShare, before?.screen),
  };
  const isSame =
    before?.microphone === now.microphone && before.camera === now.camera && before.screen === now.screen;
  if (before && isSame) return before;
  known.set(participant, now);
  return now;
}

const merged = new WeakMap<CallTrackRefs, WeakMap<CallTrackRefs, CallTrackRefs>>();
const sent = (newer: CallTrackRef, older: CallTrackRef) =>
  newer.publication || !older.publication ? newer : older;

/** Of two connections of one person: what the newer one sends, else what the older one does. */
export function mergeTrackRefs(older: CallTrackRefs, newer: CallTrackRefs): CallTrackRefs {
  const ofNewer = merged.get(newer) ?? new WeakMap<CallTrackRefs, CallTrackRefs>();
  merged.set(newer, ofNewer);
  const made = ofNewer.get(older) ?? {
    microphone: sent(newer.microphone, older.microphone),
    camera: sent(newer.camera, older.camera),
    screen: sent(newer.screen, older.screen),
  };
  ofNewer.set(older, made);
  return made;
}
