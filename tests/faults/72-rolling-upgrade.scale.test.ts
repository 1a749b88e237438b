import { expect, it } from 'vitest';
import { type ApiPerson, entered, makePeople } from '../support/api-people';
import type { ApiStream } from '../support/api-stream';
import { faultCase } from '../support/fault-case';
import { areBothBehindFront, isWhole, ownServerSet } from '../support/own-server-set';
import { waitFor } from '../support/wait-for';

const fault = faultCase(72);
/** Four calls a minute for each caller, who may start ten, however long it takes; each callee has another one every time. */
const callers = 60;
const callEveryMs = 250;

/** Opens the person's next stream whenever one ends, as a page does. */
function keepListening(person: ApiPerson) {
  let stream: ApiStream | undefined;
  let isDone = false;
  const run = (async () => {
    while (!isDone) {
      const open = await person.listen().catch(() => undefined);
      stream = open ?? stream;
      await open?.until('its end', () => open.isOver, 600_000);
    }
  })();
  return {
    hasHeardOf: (callId: string) => stream?.call(callId) !== undefined,
    async stop() {
      isDone = true;
      person.close();
      await run;
    },
  };
}

it('one server after the other is stopped and started again while people call: every start rings', async () => {
  const set = await ownServerSet({ CALL_RING_SECONDS: '60' });
  const names = Array.from({ length: 2 * callers }, (_, number) => `Person${number}`);
  const people = await makePeople(set.community, names);
  const callees = people.slice(callers).map((person) => ({ person, page: keepListening(person) }));
  const wrong: string[] = [];
  const rangAfterMs: number[] = [];
  const oneCall = async (number: number) => {
    const caller = people[number % callers];
    const callee = callees[(number + Math.floor(number / callers)) % callers];
    if (!caller || !callee) return;
    const since = performance.now();
    const { call } = entered(
      await caller.ask('POST', '/api/calls', { userId: callee.person.userId, clientId: caller.tab() }),
    );
    await waitFor(`the ring of ${call.id}`, () => callee.page.hasHeardOf(call.id), 10_000);
    rangAfterMs.push(performance.now() - since);
    const { status } = await caller.leave(call.id);
    if (status !== 200) throw new Error(`the cancel was answered ${status}`);
  };
  const open: Promise<void>[] = [];
  const timer = setInterval(() => {
    open.push(oneCall(open.length).catch((error: unknown) => void wrong.push(String(error))));
  }, callEveryMs);

  for (const [number, server] of set.servers.entries()) {
    fault.did(`SIGTERM to server ${number + 1} of 2, and started again`);
    await server.stopJob();
    await server.startAgain();
    await isWhole(set, 20_000);
    await areBothBehindFront(set);
  }
  clearInterval(timer);
  await Promise.all(open);
  for (const { page } of callees) await page.stop();
  expect(wrong.slice(0, 5)).toEqual([]);
  fault.atMost(`failures in ${open.length} calls`, 0, wrong.length, '');
  fault.within('the latest ring', 5000, Math.max(...rangAfterMs));
});
