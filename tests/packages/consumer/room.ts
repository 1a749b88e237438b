import { Room } from 'livekit-client';

/** LiveKit's room and nothing else: what the kit's own call is compared with. */
document.title = new Room().state;
