import { join } from 'node:path';
import Database from 'better-sqlite3';
import { foldName } from '@/lib/users/fold-name';
import type { RunningApp } from './running-app';

/**
 * Puts people into a running community, in every channel, without the time that 200 registrations
 * take; a second time changes nothing. The nth signs in as `crowd<n>` with the demo's password. Pages
 * loaded afterwards show them.
 */
export function addCrowd(app: RunningApp, names: readonly string[]): void {
  const database = new Database(join(app.dataDir, 'parley.db'));
  try {
    const addUser = database.prepare(
      `insert into users
         (id, username, display_name, sort_name, password_hash, message_permission, call_permission, join_number, created_at, revision)
       select ?, ?, ?, ?, password_hash, 'everyone', 'everyone', (select max(join_number) + 1 from users), 0, 0
       from users where username = 'alice'
       on conflict (id) do nothing`,
    );
    const joinChannels = database.prepare(
      `insert or ignore into members (conversation_id, user_id, joined_at, revision)
       select id, ?, 0, 0 from conversations where kind = 'channel'`,
    );
    database.transaction(() => {
      for (const [index, name] of names.entries()) {
        const id = `user_${String(index).padStart(32, '0')}`;
        addUser.run(id, `crowd${index}`, name, foldName(name));
        joinChannels.run(id);
      }
    })();
  } finally {
    database.close();
  }
}
