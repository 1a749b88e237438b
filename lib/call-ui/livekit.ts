/**
 * For slots that are drawn with LiveKit's own components: an entry of its own, because it loads them. Import it where
 * they are imported, in a file that the page loads lazily.
 */
export { LiveKitRoomScope } from './components/livekit-room-scope';
export { useLiveKitRoom, useParticipant } from './hooks/use-livekit-room';
