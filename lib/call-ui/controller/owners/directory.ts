import type { Person } from '@parley/call-protocol';
import type {
  EventFeedState,
  KitEvent,
  KitSnapshot,
  KnownConversation,
  OwnState,
} from '../../events/event-feed';
import type { Cell } from '../state-store';

type DataOf<Type extends KitEvent['type']> = Extract<KitEvent, { type: Type }>['data'];

export type DirectoryState = {
  stream: EventFeedState;
  /** The protocol that the server speaks, as its snapshot says. */
  serverVersion: number | null;
  users: ReadonlyMap<string, Person>;
  conversations: ReadonlyMap<string, KnownConversation>;
  me: OwnState | null;
};

export const firstDirectory: DirectoryState = {
  stream: 'connecting',
  serverVersion: null,
  users: new Map(),
  conversations: new Map(),
  me: null,
};

/** People and conversations, as the stream says. */
export type Directory = {
  setStream(stream: EventFeedState): void;
  takeSnapshot(data: KitSnapshot): void;
  takeUsers(data: DataOf<'users'>): void;
  takeConversation(data: DataOf<'conversation'>): void;
  takeMe(me: OwnState): void;
};

export function createDirectory(cell: Cell<DirectoryState>): Directory {
  return {
    setStream: (stream) => cell.set({ stream }),
    takeSnapshot: (data) =>
      cell.set({
        serverVersion: data.protocolVersion ?? null,
        me: data.me,
        users: new Map(data.users?.map((user) => [user.id, user])),
        conversations: new Map(data.conversations?.map((view) => [view.id, view])),
      }),
    takeUsers(data) {
      const users = new Map(cell.get().users);
      for (const view of data) {
        if ('gone' in view) users.delete(view.id);
        else users.set(view.id, view);
      }
      cell.set({ users });
    },
    takeConversation(data) {
      const conversations = new Map(cell.get().conversations);
      if ('gone' in data) conversations.delete(data.id);
      else conversations.set(data.id, data);
      cell.set({ conversations });
    },
    takeMe: (me) => cell.set({ me }),
  };
}
