import 'server-only';
import type {
  CallView,
  Community,
  ConversationView,
  MessageView,
  MeView,
  Snapshot,
  UserView,
} from '@parley/call-protocol';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import type { SeenBy, Viewer } from '@/lib/viewer';

/**
 * How the streams read; filled in by lib/composition-root.ts from the rooms that own the data. Each read is one
 * for all viewers: a number of queries that does not grow with their number, and what is personal laid over it.
 * What several of them see alike is one object, in their views or as their view: streams write it once.
 */
export type Readers = {
  snapshot(viewer: Viewer): Promise<Snapshot>;
  call(id: CallId): Promise<SeenBy<CallView>>;
  conversation(id: ConversationId, viewerIds: readonly UserId[]): Promise<SeenBy<ConversationView>>;
  message(id: string, viewerIds: readonly UserId[]): Promise<SeenBy<MessageView>>;
  /** Those of them whom the viewer can see. */
  users(ids: readonly UserId[], viewerIds: readonly UserId[]): Promise<SeenBy<UserView[]>>;
  me(viewerIds: readonly UserId[]): Promise<SeenBy<MeView>>;
  community(): Promise<Community>;
  /** The database's counter as it stands. */
  revision(): Promise<number>;
};

/** Everything live for this viewer, as the stream sends it on connecting and a page starts with it. */
export async function readSnapshot(deps: { readers: Readers }, viewer: Viewer): Promise<Snapshot> {
  return deps.readers.snapshot(viewer);
}
