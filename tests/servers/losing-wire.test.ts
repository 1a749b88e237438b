import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeId, type SignInId, type UserId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import type { BusMessage } from '@/lib/realtime/bus';
import { makeOtherServers } from '@/lib/realtime/other-servers';
import { makePresence } from '@/lib/realtime/presence';
import { makeServerLink } from '@/lib/realtime/server-link';
import { makeSharedBus } from '@/lib/realtime/shared-bus';
import type { Viewer } from '@/lib/viewer';
import { type Fate, makeNetwork } from '../support/server-network';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

const fates: Record<string, Fate> = {
  arrives: () => [0],
  'is lost': () => [],
  'comes twice': () => [0, 2],
  'comes late': () => [3],
};

/** Three servers, and whom each sees as reachable. */
function world() {
  const network = makeNetwork();
  const time = { ms: 0 };
  const make = (serverId: string) => {
    const plug = network.plug();
    const log = makeLog('silent');
    const link = makeServerLink({
      wire: plug.wire,
      serverId,
      log,
      monotonic: () => time.ms,
      tickData: () => null,
    });
    const others = makeOtherServers(link, log);
    const presence = makePresence({
      now: () => time.ms,
      wallNow: () => time.ms,
      onChange: () => undefined,
      onReach: () => undefined,
      others,
    });
    const bus = makeSharedBus(link);
    const received: BusMessage[] = [];
    bus.subscribe((message) => received.push(message));
    const repairs = { count: 0 };
    const repair = () => {
      repairs.count += 1;
    };
    link.listen({ onGap: repair, onConnected: repair });
    link.open();
    return { link, presence, bus, received, repairs, plug };
  };
  const servers = [make('a'), make('b'), make('c')];
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      time.ms += 500;
      vi.advanceTimersByTime(500);
      // Revisions of one turn of the event loop leave together.
      await new Promise((resolve) => setImmediate(resolve));
      network.turn();
    }
  };
  return { network, servers, pass };
}

const viewer = (userId: UserId): Viewer => ({ userId, signInId: makeId('signin'), isOperator: false });

it('whatever the wire loses, doubles and delays: at rest every server knows who is reachable and silent, and numbers it alike', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          act: fc.constantFrom('open', 'close', 'drop', 'cut', 'mend', 'wait'),
          server: fc.nat(2),
          person: fc.nat(2),
          fate: fc.constantFrom(...Object.keys(fates)),
        }),
        { maxLength: 40 },
      ),
      async (acts) => {
        const { network, servers, pass } = world();
        const people = [0, 1, 2].map(() => viewer(makeId('user')));
        const open = people.map(() => [0, 0, 0]);
        for (const { act, server, person, fate } of acts) {
          const { presence, plug } = servers[server] ?? servers[0] ?? { presence: null, plug: null };
          const who = people[person];
          const streams = open[person];
          if (!presence || !plug || !who || !streams) continue;
          network.setFate(fates[fate] ?? (() => [0]));
          if (act === 'open') {
            await presence.opened(who);
            streams[server] = (streams[server] ?? 0) + 1;
          } else if ((act === 'close' || act === 'drop') && (streams[server] ?? 0) > 0) {
            await presence.closed(who);
            if (act === 'drop') await presence.dropped(who);
            streams[server] = (streams[server] ?? 0) - 1;
          } else if (act === 'cut') plug.cut();
          else if (act === 'mend') plug.mend();
          else if (act === 'wait') await pass(1000);
        }
        network.setFate(() => [0]);
        for (const { plug } of servers) plug.mend();
        await pass(12_000);
        for (const [person, who] of people.entries()) {
          const isOpen = open[person]?.some((count) => count > 0);
          for (const { presence } of servers) {
            expect((await presence.online([who.userId])).has(who.userId)).toBe(isOpen);
            expect((await presence.shown([who.userId])).get(who.userId)?.isOnline).toBe(isOpen);
            if (isOpen) expect(await presence.silentSince(who.signInId)).toBeNull();
          }
          const silences = await Promise.all(
            servers.map(({ presence }) => presence.silentSince(who.signInId)),
          );
          expect(new Set(silences).size).toBe(1);
          const shown = await Promise.all(servers.map(({ presence }) => presence.shown([who.userId])));
          const revisions = shown.map((seen) => seen.get(who.userId)?.revision);
          expect(new Set(revisions).size, `revisions ${revisions}`).toBe(1);
        }
        for (const { link } of servers) expect(link.count()).toBe(3);
        for (const { link } of servers) link.close();
      },
    ),
    { numRuns: 60 },
  );
});

it('a server receives each message of another once and in order, or repairs its streams', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...Object.keys(fates)), { maxLength: 30 }), async (given) => {
      const { network, servers, pass } = world();
      const [sender, receiver] = servers;
      if (!sender || !receiver) return;
      await pass(2000);
      const before = receiver.repairs.count;
      const sent: SignInId[] = [];
      for (const fate of given) {
        network.setFate(fates[fate] ?? (() => [0]));
        const id = makeId('signin');
        sent.push(id);
        await sender.bus.publish({ type: 'signed_out', signInIds: [id] });
      }
      network.setFate(() => [0]);
      await pass(3000);
      const received = receiver.received.flatMap((message) =>
        message.type === 'signed_out' ? message.signInIds : [],
      );
      expect(new Set(received).size).toBe(received.length);
      expect(received).toEqual(sent.filter((id) => received.includes(id)));
      if (received.length < sent.length) expect(receiver.repairs.count).toBeGreaterThan(before);
      for (const { link } of servers) link.close();
    }),
    { numRuns: 60 },
  );
});

it('a server of another version that sends what this one does not know harms nothing', () => {
  const { network, servers } = world();
  const odd = network.plug();
  odd.wire.listen(
    () => undefined,
    () => undefined,
  );
  for (const text of [
    '',
    'null',
    '{}',
    '[1]',
    '{"from":"x","topic":"unknown","number":7}',
    '{"from":1,"topic":2}',
  ])
    odd.wire.send(text);
  expect(servers.every(({ link }) => link.count() >= 3)).toBe(true);
  for (const { link } of servers) link.close();
});
