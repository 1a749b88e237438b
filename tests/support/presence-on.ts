import type { ApiStream } from './api-stream';

/** What this stream has shown of these people's presence so far. */
export function presenceOn(stream: ApiStream, userIds: readonly string[]) {
  const shown = new Map<string, string>();
  let read = 0;
  return (presence: 'online' | 'offline'): boolean => {
    for (const { event } of stream.heard.slice(read)) {
      const users = event.type === 'snapshot' ? event.data.users : event.type === 'users' ? event.data : [];
      for (const user of users) if ('presence' in user) shown.set(user.id, user.presence);
    }
    read = stream.heard.length;
    return userIds.every((id) => shown.get(id) === presence);
  };
}
