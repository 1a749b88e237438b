import 'server-only';
import type { CallId, ConversationId, UserId } from '@/lib/ids';
import type {
  CallView,
  Community,
  ConversationView,
  MessageView,
  MeView,
  Snapshot,
  UserView,
} from '@/lib/protocol';
import type { Viewer } from '@/lib/viewer';

/** How the streams read, each time for one viewer; filled in by lib/deps.ts from the rooms that own the data. */
export type Readers = {
  snapshot(viewer: Viewer): Promise<Snapshot>;
  call(viewer: Viewer, id: CallId): Promise<CallView | null>;
  conversation(viewer: Viewer, id: ConversationId): Promise<ConversationView | null>;
  message(viewer: Viewer, id: string): Promise<MessageView | null>;
  /** Those of them whom the viewer can see. */
  users(viewer: Viewer, ids: readonly UserId[]): Promise<UserView[]>;
  me(viewer: Viewer): Promise<MeView | null>;
  community(): Promise<Community>;
  /** The database's counter as it stands. */
  revision(): Promise<number>;
};

/** Everything live for this viewer, as the stream sends it on connecting and a page starts with it. */
export async function readSnapshot(deps: { readers: Readers }, viewer: Viewer): Promise<Snapshot> {
  return deps.readers.snapshot(viewer);
}
