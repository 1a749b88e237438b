import 'server-only';
import type { Gone, UserView } from '@parley/call-protocol';
import type { UserId } from '@/lib/ids';
import type { Lookers } from './lookers';
import { type Showing, showViews } from './show-views';
import type { Stream } from './stream';

/**
 * Sends each stream those of its people, in one read and one event: after a restart everyone comes back, and in a
 * small community each stream is sent everyone.
 */
export async function showPeople(
  showing: Showing,
  lookers: Lookers,
  idsOf: ReadonlyMap<Stream, readonly UserId[]>,
): Promise<void> {
  const streams = [...idsOf.keys()].filter((stream) => stream.isOpen);
  for (const stream of streams) lookers.look(stream, idsOf.get(stream) ?? []);
  const ids = [...new Set(streams.flatMap((stream) => idsOf.get(stream) ?? []))];
  let last: (UserView | Gone)[] = [];
  await showViews(
    showing,
    streams,
    (readers, viewerIds) => readers.users(ids, viewerIds),
    (stream, seen) => {
      const sent: typeof last = [];
      for (const id of idsOf.get(stream) ?? []) {
        const view = seen?.(id) ?? null;
        if (!view || 'gone' in view) lookers.lookAway(stream, id);
        if (view && stream.noteShown(view)) sent.push(view);
      }
      // The same list for streams that are sent the same.
      if (sent.length !== last.length || sent.some((view, at) => view !== last[at])) last = sent;
      if (last.length > 0) stream.send({ type: 'users', data: last });
    },
  );
}

/**
 * Sends each stream the people whom its next view names and whom it has not been shown, so that no name is missing
 * when the view arrives. In a small community that is none.
 */
export async function introducePeople(
  showing: Showing,
  lookers: Lookers,
  streams: readonly Stream[],
  namedFor: (stream: Stream) => readonly string[],
): Promise<void> {
  const idsOf = new Map<Stream, UserId[]>();
  for (const stream of streams) {
    if (stream.isShownEveryone) continue;
    const unknown = namedFor(stream).filter((id) => !stream.hasShown(id));
    if (unknown.length > 0) idsOf.set(stream, [...new Set(unknown)] as UserId[]);
  }
  if (idsOf.size > 0) await showPeople(showing, lookers, idsOf);
}
