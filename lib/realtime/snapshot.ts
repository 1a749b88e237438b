import 'server-only';
import type {
  CallView,
  Community,
  ConversationView,
  Gone,
  MessageView,
  MeView,
  Snapshot,
  UserView,
} from '@parley/call-protocol';
import type { CallId, ConversationId, SignInId, UserId } from '@/lib/ids';
import type { SeenBy, Viewer } from '@/lib/viewer';

/**
 * How the streams read; filled in by lib/composition-root.ts from the rooms that own the data. Each read is one
 * for all viewers: a number of queries that does not grow with their number, and what is personal laid over it.
 * What several of them see alike is one object, in their views or as their view: streams write it once. What a viewer
 * may not see (any more) is read as `gone`; a stream sends that only of what it has shown.
 */
export type Readers = {
  snapshot(viewer: Viewer): Promise<Snapshot>;
  call(id: CallId): Promise<SeenBy<CallView | Gone>>;
  conversation(id: ConversationId, viewerIds: readonly UserId[]): Promise<SeenBy<ConversationView | Gone>>;
  message(id: string, viewerIds: readonly UserId[]): Promise<SeenBy<MessageView>>;
  /** Each of them as the viewer can see them; null for an id of no person. */
  users(
    ids: readonly UserId[],
    viewerIds: readonly UserId[],
  ): Promise<SeenBy<(id: UserId) => UserView | Gone | null>>;
  me(viewerIds: readonly UserId[]): Promise<SeenBy<MeView>>;
  community(): Promise<Community>;
  /** Those of these sign-ins that are revoked, or whose person is suspended. */
  revoked(signInIds: readonly SignInId[]): Promise<SignInId[]>;
  /** Who takes part in live calls, or is rung. */
  liveParts(): Promise<{ callId: CallId; userId: UserId }[]>;
};

/** Everything live for this viewer, as the stream sends it on connecting and a page starts with it. */
export async function readSnapshot(deps: { readers: Readers }, viewer: Viewer): Promise<Snapshot> {
  return deps.readers.snapshot(viewer);
}
