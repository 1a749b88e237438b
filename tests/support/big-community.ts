import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ConversationId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { makeTestApp, type TestApp } from './make-test-deps';

/** How much has been said and called in a community of 200. */
export type Past = {
  channelMessages: number;
  directMessages: number;
  calls: number;
  /** Cancelled calls in a direct conversation that its callee never opens. */
  unopenedCalls: number;
};

/** More unopened calls than SQLite takes variables in one statement (32,766). */
export const years: Past = {
  channelMessages: 50_000,
  directMessages: 30_000,
  calls: 20_000,
  unopenedCalls: 40_000,
};
export const days: Past = { channelMessages: 200, directMessages: 600, calls: 600, unopenedCalls: 400 };

export type BigCommunity = {
  app: TestApp;
  /** The first has said the most, and in a conversation where the second never answered. */
  people: Viewer[];
  /** Where everyone wrote; all have read it but the last of the people. */
  general: ConversationId;
  /** The direct conversation of the first two. */
  direct: ConversationId;
  /** A direct conversation of the last of the people, who was called there again and again and never opened it. */
  unopened: ConversationId;
  /** A group of 25, the last of the people among them, without calls so far. */
  group: ConversationId;
};

const size = { people: 200, channels: 10, directs: 600, groups: 40, groupMembers: 25 };
const user = (of: string) => `'user_' || (${of})`;

/** A test app with a past, put there by SQL alone: command by command it would take minutes. */
export async function communityWith(past: Past): Promise<BigCommunity> {
  const app = await makeTestApp();
  const file = new Database(join(app.deps.env.PARLEY_DATA_DIR, 'parley.db'));
  file.pragma('synchronous = OFF');
  /** As many rows, of these expressions; `i` counts them. */
  const insert = (table: string, rows: number, columns: Record<string, string | number>) =>
    file.exec(
      `insert into ${table} (${Object.keys(columns).join(', ')})
       with recursive n(i) as (select 0 union all select i + 1 from n where i < ${rows - 1})
       select ${Object.values(columns).join(', ')} from n`,
    );
  const now = app.clock.wallNow();
  insert('users', size.people, {
    id: user('i'),
    username: user('i'),
    display_name: `'Person ' || i`,
    sort_name: `'person ' || i`,
    password_hash: `'unset'`,
    message_permission: `'everyone'`,
    call_permission: `'everyone'`,
    join_number: '1 + i',
    created_at: now,
  });
  insert('sign_ins', size.people, { id: `'signin_' || i`, user_id: user('i'), created_at: now });

  // Direct conversation i is between these two.
  const [one, other] = ['i % 200', '(i % 200 + 1 + i / 200) % 200'];
  const pair = `min(${user(one)}, ${user(other)}) || ':' || max(${user(one)}, ${user(other)})`;
  const conversation = { title: `'One of many'`, created_at: now, last_activity_at: `${now} + i` };
  for (const [kind, rows, more] of [
    ['channel', size.channels, {}],
    ['direct', size.directs, { direct_pair: pair }],
    ['group', size.groups, { group_number: '1000 + i' }],
  ] as const) {
    insert('conversations', rows, { id: `'${kind}' || i`, kind: `'${kind}'`, ...conversation, ...more });
  }
  const member = (of: string, userId: string) => ({
    conversation_id: of,
    user_id: user(userId),
    joined_at: now,
    last_read_seq: 1_000_000,
  });
  insert('members', size.channels * size.people, member(`'channel' || (i / 200)`, 'i % 200'));
  insert('members', size.directs, member(`'direct' || i`, one));
  insert('members', size.directs, member(`'direct' || i`, other));
  insert(
    'members',
    size.groups * size.groupMembers,
    member(`'group' || (i / 25)`, '(i / 25 * 5 + i % 25) % 200'),
  );
  file.exec(
    `update members set last_read_seq = 0 where conversation_id = 'channel0' and user_id = 'user_199'`,
  );

  const message = (of: string, authorId: string, callId = 'null') => ({
    id: `'msg_' || i || '_' || ${of} || coalesce(${callId}, '')`,
    conversation_id: of,
    author_id: user(authorId),
    text:
      callId === 'null' ? `'Something of the length of most things that people write to one another'` : `''`,
    call_id: callId,
    sent_at: `${now} + i`,
  });
  insert('messages', past.channelMessages, message(`'channel0'`, 'i % 200'));
  insert(
    'messages',
    past.directMessages,
    message(`'direct' || (i % 2 * (i % 600))`, 'i % 2 * (i % 600 % 200)'),
  );

  // One call a minute until a minute ago, three of four in direct conversations; the last group has none.
  const place = `(case when i % 4 then 'direct' || (i % 600) else 'group' || (i / 4 % 39) end)`;
  const caller = `(case when i % 4 then i % 200 else (i / 4 % 39) * 5 % 200 end)`;
  const then = `${now} - (${past.calls} - i + 1) * 60000`;
  insert('calls', past.calls, {
    id: `'call_' || i`,
    conversation_id: place,
    caller_id: user(caller),
    status: `'ended'`,
    end_reason: `case when i % 3 then 'completed' else 'missed' end`,
    room_name: `'room_' || i`,
    created_at: then,
    ended_at: then,
  });
  insert('messages', past.calls, message(place, caller, `'call_' || i`));
  // One call a second from the person with number 2, cancelled each time.
  const unopened = `'direct${size.directs - 1}'`;
  const ended = `${now} - (${past.unopenedCalls} - i + 1) * 1000`;
  insert('calls', past.unopenedCalls, {
    id: `'unopened_' || i`,
    conversation_id: unopened,
    caller_id: user('2'),
    status: `'ended'`,
    end_reason: `'cancelled'`,
    room_name: `'unopened_room_' || i`,
    created_at: ended,
    ended_at: ended,
  });
  insert('messages', past.unopenedCalls, message(unopened, '2', `'unopened_' || i`));
  file.exec(
    `update members set last_read_seq = 0 where conversation_id = ${unopened} and user_id = 'user_199'`,
  );
  file.exec(`
    insert into rings (id, call_id, user_id, ringer_id, state, started_at, deadline_at)
      select 'ring_' || c.id || m.user_id, c.id, m.user_id, c.caller_id,
        case c.end_reason when 'completed' then 'accepted' else c.end_reason end, c.created_at, c.created_at
      from calls c join members m on m.conversation_id = c.conversation_id and m.user_id <> c.caller_id;
    insert into participations (call_id, user_id, client_id, sign_in_id, state, entered_at)
      select c.id, m.user_id, 'tab', 'signin', 'left', c.created_at
      from calls c join members m on m.conversation_id = c.conversation_id
      where m.user_id = c.caller_id or c.end_reason = 'completed';`);
  file.exec(`
    insert into call_log (user_id, seq, call_id, conversation_id, missed_at)
      select m.user_id, e.seq, c.id, c.conversation_id,
        case when c.end_reason <> 'completed' and m.user_id <> c.caller_id then c.ended_at end
      from calls c join messages e on e.call_id = c.id join members m on m.conversation_id = c.conversation_id;
    insert into call_triggers (call_id, trigger, outcome, source, happened_at)
      select id, 'leave', 'ended: ' || end_reason, 'command', ended_at from calls;
    insert into outcome_totals select 'call', end_reason, count(*) from calls group by end_reason;
    insert into outcome_totals select 'ring', state, count(*) from rings group by state;`);
  file.close();
  return {
    app,
    people: Array.from({ length: size.people }, (_, i) => ({
      userId: `user_${i}` as UserId,
      signInId: `signin_${i}` as Viewer['signInId'],
      isOperator: false,
    })),
    general: 'channel0' as ConversationId,
    direct: 'direct0' as ConversationId,
    unopened: `direct${size.directs - 1}` as ConversationId,
    group: 'group39' as ConversationId,
  };
}
