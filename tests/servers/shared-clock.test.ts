import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeSharedClock } from '@/lib/servers/shared-clock';

/** Milliseconds by which the wall clocks of servers differ, and step. */
const aDayMs = 24 * 3600 * 1000;

/** Server processes of one test: true time goes on; each has a wall clock of its own that a test may set. */
function world() {
  const time = { ms: 0 };
  const server = (wallMs: number, startedAtMs = time.ms) => {
    const wall = { ms: wallMs };
    // Monotonic clocks begin at any number.
    const begin = Math.abs(wallMs % 1000) - startedAtMs;
    const clock = makeSharedClock({
      monotonic: () => time.ms + begin,
      wallNow: () => 1_800_000_000_000 + time.ms + wall.ms,
    });
    return { clock, wall };
  };
  return { time, server };
}

it('a server whose wall clock is an hour ahead follows the holder to within the age of its word', () => {
  const { time, server } = world();
  const [holder, other] = [server(0), server(3_600_000)];
  holder.clock.lead(1, 0);
  const word = holder.clock.now();
  time.ms += 300;
  other.clock.follow(1, word);
  expect(holder.clock.now() - other.clock.now()).toBe(300);
  other.clock.follow(1, holder.clock.now());
  expect(holder.clock.now() - other.clock.now()).toBe(0);
});

it('a step of any wall clock changes nothing', () => {
  const { time, server } = world();
  const [holder, other] = [server(0), server(5000)];
  holder.clock.lead(1, 0);
  other.clock.follow(1, holder.clock.now());
  const before = [holder.clock.now(), other.clock.now()];
  holder.wall.ms -= 3_600_000;
  other.wall.ms += 3_600_000;
  time.ms += 10;
  expect([holder.clock.now(), other.clock.now()]).toEqual(before.map((at) => at + 10));
});

it('now() never goes back, and is never before what the last holder said', () => {
  const { time, server } = world();
  const one = server(0);
  one.clock.lead(1, 0);
  const deadline = one.clock.now() + 60_000;
  time.ms += 1000;
  // Alone after a crash, with a clock that was set back a day.
  const next = server(-aDayMs);
  next.clock.lead(2, deadline);
  expect(next.clock.now()).toBeGreaterThanOrEqual(deadline);
});

it('what an earlier holder says late is ignored', () => {
  const { time, server } = world();
  const [one, two, three] = [server(0), server(0), server(0)];
  one.clock.lead(1, 0);
  const stale = one.clock.now() + 60_000;
  two.clock.lead(2, 0);
  three.clock.follow(2, two.clock.now());
  time.ms += 1;
  three.clock.follow(1, stale);
  expect(three.clock.now()).toBe(two.clock.now());
});

/** Words arrive up to half a second late (the lease's row) or are lost; a take-over is by a server that follows. */
it('a running deadline moves by no more than 1 s, whichever server holds the lease', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -aDayMs, max: aDayMs }), { minLength: 3, maxLength: 4 }),
      fc.array(
        fc.record({
          passMs: fc.integer({ min: 0, max: 1000 }),
          lateMs: fc.integer({ min: 0, max: 500 }),
          isLost: fc.boolean(),
          event: fc.constantFrom('word', 'word', 'word', 'step', 'take over'),
          which: fc.nat(),
          stepMs: fc.integer({ min: -aDayMs, max: aDayMs }),
        }),
        { maxLength: 60 },
      ),
      (walls, events) => {
        const { time, server } = world();
        const servers = walls.map((wallMs) => server(wallMs));
        const at = (which: number) => servers[which % servers.length] ?? server(0);
        let term = 1;
        let holder = at(0);
        holder.clock.lead(term, 0);
        for (const { clock } of servers) clock.follow(term, holder.clock.now());
        holder.clock.lead(term, 0);
        /** What a ring of a minute that began now would have left in true time, as each server reads it. */
        const zero = holder.clock.now() - time.ms;
        let takeOvers = 0;
        for (const { passMs, lateMs, isLost, event, which, stepMs } of events) {
          time.ms += passMs;
          if (event === 'step') at(which).wall.ms += stepMs;
          if (event === 'take over' && takeOvers < 1) {
            takeOvers += 1;
            term += 1;
            holder = at(which);
            holder.clock.lead(term, 0);
          }
          const word = holder.clock.now();
          time.ms += lateMs;
          for (const { clock } of servers) if (clock !== holder.clock && !isLost) clock.follow(term, word);
          for (const { clock } of servers)
            expect(Math.abs(clock.now() - time.ms - zero)).toBeLessThanOrEqual(1000);
        }
      },
    ),
  );
});
