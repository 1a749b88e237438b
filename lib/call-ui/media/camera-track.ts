import { LocalVideoTrack, type Track } from 'livekit-client';

/** The track of the camera itself: that of a filter has no label and does not say which way the camera looks. */
export function cameraTrackOf(track: Track): MediaStreamTrack {
  const processor = track instanceof LocalVideoTrack ? track.getProcessor() : undefined;
  const source = processor && 'source' in processor ? processor.source : null;
  return source && source instanceof MediaStreamTrack ? source : track.mediaStreamTrack;
}
