import { type RejoiningOwners, rejoin } from './rejoining';

/** Leaves the media of the call and joins it anew, because something in between does not let sound through. */
export function reconnect(kit: RejoiningOwners): void {
  const { entry } = kit.state.get();
  if (!entry?.hasConnected) return;
  kit.connection.close();
  void rejoin(kit, entry.attempt, 0);
}
