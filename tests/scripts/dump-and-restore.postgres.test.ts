import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { databaseUrl } from '@/db/dialect';
import { openDatabase } from '@/db/open-database';
import { community, messages } from '@/db/schema';
import { findPostgres } from '@/scripts/postgres-server.mjs';
import { makeTestApp } from '../support/make-test-deps';
import { makeDatabase } from '../support/postgres-databases';
import { makeTestFolder } from '../support/test-database';

it('a dump that is made while Parley runs is restored into an empty database, and served', async () => {
  const bin = await findPostgres({ canInstall: false });
  const app = await makeTestApp();
  const [alice, bob] = [await app.makeUser('Alice'), await app.makeUser('Bob')];
  const direct = await app.makeConversation('direct', [alice, bob]);
  await app.say(alice, direct, 'before the dump');
  const run = (program: string, ...args: string[]) =>
    execFileSync(bin ? join(bin, program) : program, args, { stdio: 'pipe' });
  const file = join(makeTestFolder(), 'parley.dump');
  // As docs/operating.md has it.
  run('pg_dump', '--format=custom', `--file=${file}`, app.deps.env.DATABASE_URL ?? '');
  const url = await makeDatabase(databaseUrl ?? '', { isEmpty: true });
  run('pg_restore', '--no-owner', '--exit-on-error', '--single-transaction', `--dbname=${url}`, file);
  const { store, isNew } = await openDatabase({ dataDir: '/nowhere', url });
  onTestFinished(() => store.close());
  expect(isNew).toBe(false);
  expect(await store.db.select().from(community)).toEqual(await app.deps.db.select().from(community));
  expect(await store.db.select().from(messages)).toEqual(await app.deps.db.select().from(messages));
  const seqs = await store.transaction(async (tx) =>
    tx
      .insert(messages)
      .values({
        id: 'msg_after' as never,
        conversationId: direct,
        authorId: bob.userId,
        text: 'after',
        sentAt: 1,
      })
      .returning({ seq: messages.seq }),
  );
  expect(seqs).toEqual([{ seq: 2 }]);
});
