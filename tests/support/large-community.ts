import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ConversationId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { makeTestApp, type TestApp } from './make-test-deps';

export type LargeCommunity = {
  app: TestApp;
  /** Last by name, so that no snapshot holds them for their place in the order. */
  yara: Viewer;
  zoe: Viewer;
  /** The nth of the crowd, which is first by name. */
  person: (n: number) => Viewer;
  /** A channel; Zoe has a direct conversation with Yara, too. */
  channel: ConversationId;
};

/** A community of so many people, all in one channel. */
export async function communityOf(members: number): Promise<LargeCommunity> {
  const app = await makeTestApp();
  const [yara, zoe] = [await app.makeUser('Yara'), await app.makeUser('Zoe')];
  const channel = await app.makeConversation('channel', [yara, zoe]);
  const direct = await app.makeConversation('direct', [zoe, yara]);
  await app.say(yara, direct);
  const file = new Database(join(app.deps.env.PARLEY_DATA_DIR, 'parley.db'));
  const crowd = `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${members - 3})`;
  file.exec(
    `insert into users (id, username, display_name, sort_name, password_hash, message_permission, call_permission,
       join_number, created_at, revision)
     ${crowd} select printf('user_%05d', i), printf('person.%05d', i), printf('Person %05d', i),
       printf('person %05d', i), 'unset', 'everyone', 'everyone', 3 + i, 0, 1 from n;
     insert into members (conversation_id, user_id, joined_at) ${crowd} select '${channel}', printf('user_%05d', i), 0 from n;
     insert into sign_ins (id, user_id, created_at) ${crowd} select printf('signin_%05d', i), printf('user_%05d', i), 0 from n;`,
  );
  file.close();
  const person = (n: number): Viewer => {
    const number = String(n).padStart(5, '0');
    return {
      userId: `user_${number}` as UserId,
      signInId: `signin_${number}` as Viewer['signInId'],
      isOperator: false,
    };
  };
  return { app, yara, zoe, person, channel };
}
