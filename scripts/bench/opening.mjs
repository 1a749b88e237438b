import { startApp } from '../../tests/support/running-app.ts';
import { say } from '../progress.mjs';
import { measurePairs } from './pairs.mjs';
import { ask, benchSlot, seed, seedConversation, seedPeople } from './people.mjs';

/** Rows of this expression, `i` counting them from 0. */
const counted = (/** @type {number} */ rows) =>
  `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${rows - 1})`;

/** Opening a conversation of a million messages, in milliseconds, beside one of a thousand. */
export async function measureConversation(/** @type {number} */ count) {
  return withPeople(async (app, [reader, writer, ...silent]) => {
    const people = [reader, writer, ...silent];
    const [long, short] = [1_000_000, 1000].map((messages) => {
      say('Bench', `writing ${messages.toLocaleString('en')} messages`);
      const id = seedConversation(app, 'group', people);
      seed(app, (database) =>
        database.exec(`
          insert into messages (id, conversation_id, author_id, text, sent_at) ${counted(messages)}
            select 'msg_' || lower(hex(randomblob(16))), '${id}', '${writer.id}', 'As long as most are: ' || i, ${Date.now()} from n;
          update members set last_read_seq = (select max(seq) from messages) where conversation_id = '${id}'`),
      );
      return id;
    });
    const open = async (/** @type {string | undefined} */ id) => {
      const since = performance.now();
      await ask(`${app.url}/messages/${id}`, 'GET', reader);
      await ask(`${app.url}/api/conversations/${id}/messages`, 'GET', reader);
      return performance.now() - since;
    };
    return measurePairs('conversation', count, { ours: () => open(long), floor: () => open(short) });
  });
}

/** Opening a list of 100,000 calls, in milliseconds, beside one of a thousand. */
export async function measureCallList(/** @type {number} */ count) {
  return withPeople(async (app, people) => {
    const [often, rarely] = [100_000, 1000].map((calls, at) => {
      say('Bench', `writing ${calls.toLocaleString('en')} calls`);
      const pair = people.slice(2 * at, 2 * at + 2);
      const [reader, caller] = pair;
      if (!reader || !caller) throw new Error('a call takes two');
      const id = seedConversation(app, 'group', pair);
      seed(app, (database) => database.exec(callsOf(id, reader.id, caller.id, calls)));
      return reader;
    });
    const open = async (/** @type {import('./people.mjs').Person | undefined} */ reader) => {
      const since = performance.now();
      await ask(`${app.url}/calls`, 'GET', reader);
      await ask(`${app.url}/api/calls`, 'GET', reader);
      return performance.now() - since;
    };
    return measurePairs('call-list', count, { ours: () => open(often), floor: () => open(rarely) });
  });
}

/** Missed calls of one person by another, an hour apart. */
function callsOf(
  /** @type {string} */ conversation,
  /** @type {string} */ reader,
  /** @type {string} */ caller,
  /** @type {number} */ calls,
) {
  const name = `'${conversation}x' || i`;
  const then = `${Date.now()} - (${calls} - i) * 3600000`;
  return `
    insert into calls (id, conversation_id, caller_id, status, end_reason, room_name, created_at, ended_at) ${counted(calls)}
      select 'call_' || substr(${name}, 6), '${conversation}', '${caller}', 'ended', 'missed', ${name}, ${then}, ${then} from n;
    insert into messages (id, conversation_id, author_id, text, call_id, sent_at)
      select 'msg_' || substr(id, 6), '${conversation}', '${caller}', '', id, ended_at from calls where conversation_id = '${conversation}' order by created_at;
    insert into rings (id, call_id, user_id, ringer_id, state, started_at, deadline_at)
      select 'ring_' || substr(id, 6), id, '${reader}', '${caller}', 'missed', created_at, created_at from calls where conversation_id = '${conversation}';
    insert into participations (call_id, user_id, client_id, sign_in_id, state, entered_at)
      select id, '${caller}', 'tab', 'signin', 'left', created_at from calls where conversation_id = '${conversation}';
    insert into call_log (user_id, seq, call_id, conversation_id, missed_at)
      select '${reader}', seq, call_id, conversation_id, sent_at from messages where conversation_id = '${conversation}';
    update members set last_read_seq = (select max(seq) from messages) where conversation_id = '${conversation}'`;
}

/**
 * @template T
 * @param {(app: import('../../tests/support/running-app.ts').RunningApp, people: [import('./people.mjs').Person, import('./people.mjs').Person, ...import('./people.mjs').Person[]]) => Promise<T>} work
 */
async function withPeople(work) {
  const app = await startApp({}, benchSlot);
  try {
    const [one, two, ...others] = await seedPeople(app, 4);
    if (!one || !two) throw new Error('four people were to be made');
    return await work(app, [one, two, ...others]);
  } finally {
    await app.stop();
  }
}
