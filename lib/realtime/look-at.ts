import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import type { Bus } from './bus';

/**
 * From now on the streams of the viewer's browser are woken for these people, who are about to be read for it. Called
 * before they are read: what changes afterwards is sent, and what changed before is in what is read.
 */
export async function lookAt(deps: { bus: Bus }, viewer: Viewer, userIds: readonly UserId[]): Promise<void> {
  if (userIds.length > 0) await deps.bus.publish({ type: 'look', viewer, userIds });
}
