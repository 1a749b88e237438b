import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { makeWriteQueue } from '@/db/write-queue';

/** A table of its own, and transactions that write into it; `how` says how each ended. */
function aQueue() {
  const connection = new Database(':memory:');
  connection.exec('create table written (name text)');
  const queue = makeWriteQueue(connection, () => false);
  const write = (name: string) => void connection.prepare('insert into written values (?)').run(name);
  const names = () => connection.prepare('select name from written').pluck().all();
  const how = (works: (() => Promise<unknown>)[]) =>
    Promise.all(
      works.map((work) =>
        queue.add(work).then(
          (result) => result,
          (error: Error) => error.message,
        ),
      ),
    );
  return { connection, queue, write, names, how };
}

it('transactions of one turn share a commit, and one that throws leaves nothing of its own', async () => {
  const { queue, write, names, how } = aQueue();
  const outcomes = await how([
    async () => write('first'),
    async () => {
      write('second');
      throw new Error('no');
    },
    async () => names(),
  ]);
  expect(outcomes).toEqual([undefined, 'no', ['first']]);
  expect([names(), queue.commits()]).toEqual([['first'], 1]);
});

it('each is answered once the commit is made, also one that was refused', async () => {
  const { connection, queue, write } = aQueue();
  const during: boolean[] = [];
  const note = () => void during.push(connection.inTransaction);
  await Promise.all([
    queue.add(async () => write('first')).then(note),
    queue.add(async () => Promise.reject(new Error('no'))).catch(note),
    queue.add(async () => write('last')).then(note),
  ]);
  expect(during).toEqual([false, false, false]);
});

it('what is asked for in later turns has commits of its own', async () => {
  const { queue, write } = aQueue();
  await queue.add(async () => write('one'));
  await queue.add(async () => write('two'));
  expect(queue.commits()).toBe(2);
});

it('when the database rolls back the whole transaction, all of it has failed and nothing is written', async () => {
  const { connection, queue, write, names, how } = aQueue();
  const outcomes = await how([
    async () => write('first'),
    async () => {
      // As SQLite does by itself on a full disk.
      connection.exec('ROLLBACK');
      throw new Error('the disk is full');
    },
    async () => write('third'),
  ]);
  expect(outcomes).toEqual(['the disk is full', 'the disk is full', 'the disk is full']);
  expect([names(), queue.commits()]).toEqual([[], 0]);
  await queue.add(async () => write('later'));
  expect(names()).toEqual(['later']);
});

it('a burst is committed in parts, so that requests get in between', async () => {
  const { queue, write } = aQueue();
  await Promise.all(Array.from({ length: 40 }, (_, n) => queue.add(async () => write(`${n}`))));
  expect(queue.commits()).toBe(3);
});

it('when even the rollback fails, all of it has failed, and the next ones are done', async () => {
  const { connection, write, names, how } = aQueue();
  const exec = connection.exec.bind(connection);
  const failing = new Set(['COMMIT', 'ROLLBACK']);
  connection.exec = (statement) => {
    if (failing.delete(statement)) throw new Error(`disk I/O error at ${statement}`);
    return exec(statement);
  };
  const works = Array.from({ length: 17 }, (_, n) => async () => write(`${n}`));
  const lost = Array.from({ length: 16 }, () => 'disk I/O error at COMMIT');
  expect(await how(works)).toEqual([...lost, undefined]);
  expect(names()).toEqual(['16']);
  expect(connection.inTransaction).toBe(false);
});
