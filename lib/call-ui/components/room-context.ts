/**
 * Nothing but this of `components-react`, and nothing of the kit: a module that a page shares with a chunk is a file of
 * its own, which costs the first load more than the scope itself.
 */
export { RoomContext } from '@livekit/components-react';
