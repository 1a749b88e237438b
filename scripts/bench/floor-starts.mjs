import Database from 'better-sqlite3';
import { RoomServiceClient } from 'livekit-server-sdk';

/** The least that starts and cancels a call: a room of LiveKit's and one durable write each. */
export function makeStarts() {
  const { FLOOR_FILE = '', FLOOR_LIVEKIT = '', FLOOR_KEY, FLOOR_SECRET } = process.env;
  const rooms = new RoomServiceClient(FLOOR_LIVEKIT, FLOOR_KEY, FLOOR_SECRET);
  const database = new Database(FLOOR_FILE);
  // As Parley's own (db/store.ts).
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table if not exists calls (id text primary key, ended_at integer)');
  const insert = database.prepare('insert into calls (id) values (?)');
  const end = database.prepare('update calls set ended_at = ? where id = ?');
  return {
    async start() {
      const id = `floor_${crypto.randomUUID()}`;
      await rooms.createRoom({ name: id });
      insert.run(id);
      return { id };
    },
    async cancel(/** @type {string} */ id) {
      await rooms.deleteRoom(id);
      end.run(Date.now(), id);
      return { id };
    },
  };
}
