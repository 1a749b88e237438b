import { expect, it } from 'vitest';
import { type ApiPerson, makePeople, otherDevice } from '../support/api-people';
import type { ApiStream } from '../support/api-stream';
import { faultCase } from '../support/fault-case';
import { ownApp } from '../support/own-app';

const fault = faultCase('P1');
const callerCount = 24;
/** docs/calls.md, "Who may ring whom": a caller may start ten times a minute. */
const ringsEach = 10;
const ways = ['accept', 'decline', 'cancel'] as const;

/** The value that `share` of all are not above. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Infinity;
}

type Callee = { person: ApiPerson; phone: ApiPerson; devices: ApiStream[] };

async function ringOnce(caller: ApiPerson, { person, devices }: Callee, way: (typeof ways)[number]) {
  const lastOf = async (what: string, isSo: (device: ApiStream) => boolean) =>
    Math.max(...(await Promise.all(devices.map((device) => device.until(what, () => isSo(device), 5000)))));
  // The window is there before the caller's answer, so it is known by its caller.
  const ringOf = (device: ApiStream) =>
    [...device.state.calls.values()].find(({ view }) => view.callerId === caller.userId && view.myRing);

  const calledAt = performance.now();
  const [{ call }, rangAt] = await Promise.all([
    caller.call(person),
    lastOf('the ring', (device) => ringOf(device) !== undefined),
  ]);
  const didAt = performance.now();
  const deed =
    way === 'accept'
      ? person.accept(call.id)
      : way === 'decline'
        ? person.ask('POST', `/api/calls/${call.id}/decline`, {})
        : caller.leave(call.id);
  const silentAt = await lastOf('silence', (device) => ringOf(device) === undefined);
  expect((await deed).status).toBe(200);
  await caller.leave(call.id);
  return { ringMs: rangAt - calledAt, silenceMs: silentAt - didAt };
}

it('every device of an online callee rings within 250 ms and is silent within 300 ms', async () => {
  const app = await ownApp({ CALL_RING_SECONDS: '60' });
  const names = Array.from({ length: callerCount }, (_, n) => n);
  const callers = await makePeople(
    app,
    names.map((n) => `Caller${n}`),
  );
  const callees: Callee[] = [];
  for (const person of await makePeople(
    app,
    names.map((n) => `Callee${n}`),
  )) {
    const phone = await otherDevice(app, person);
    callees.push({ person, phone, devices: [await person.listen(), await phone.listen()] });
  }
  fault.did(`${callerCount} people call ${ringsEach} others each, who are online with two devices`);
  const rings: number[] = [];
  const silences: Record<(typeof ways)[number], number[]> = { accept: [], decline: [], cancel: [] };
  for (let round = 0; round < ringsEach; round += 1) {
    for (const [at, caller] of callers.entries()) {
      const callee = callees[(at + round) % callerCount];
      const way = ways[(at + round) % ways.length] ?? 'accept';
      if (!callee) throw new Error('no such person');
      const measured = await ringOnce(caller, callee, way);
      rings.push(measured.ringMs);
      silences[way].push(measured.silenceMs);
    }
  }
  const words = (values: number[]) =>
    `p50 ${Math.round(percentile(values, 0.5))} ms, p99 ${Math.round(percentile(values, 0.99))} ms, worst ${Math.round(Math.max(...values))} ms`;
  fault.did(`${rings.length} rings: ${words(rings)}`);
  for (const way of ways) fault.did(`${silences[way].length} silences after ${way}: ${words(silences[way])}`);
  expect(rings.length).toBeGreaterThanOrEqual(200);
  fault.within(`ring, p50 of ${rings.length}`, 250, percentile(rings, 0.5));
  fault.within(`ring, p99 of ${rings.length}`, 250, percentile(rings, 0.99));
  for (const way of ways) {
    fault.within(`silence after ${way}, p50 of ${silences[way].length}`, 300, percentile(silences[way], 0.5));
    fault.within(`silence after ${way}, worst of ${silences[way].length}`, 300, Math.max(...silences[way]));
  }
  for (const one of [...callers, ...callees.flatMap(({ person, phone }) => [person, phone])]) one.close();
}, 300_000);
