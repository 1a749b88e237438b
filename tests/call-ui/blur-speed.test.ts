import { expect, test } from 'vitest';
import { createSpeedJudge } from '@/lib/call-ui/media/blur-speed';

/** A device and its clock: it makes pictures of 30 ms apart or as fast as it can, and says when it is too slow. */
function device() {
  const isTooSlow = createSpeedJudge();
  let atMs = 0;
  let made = 0;
  let found: { atMs: number; picture: number } | null = null;
  return {
    /** Makes so many pictures. */
    make(pictureMs: number, pictures: number) {
      for (let picture = 0; picture < pictures; picture += 1) {
        atMs += Math.max(pictureMs, 30);
        made += 1;
        if (isTooSlow(pictureMs, atMs)) {
          expect(found).toBeNull();
          found = { atMs, picture: made };
        }
      }
    },
    /** Makes pictures for so long. */
    run(pictureMs: number, ms: number) {
      const untilMs = atMs + ms;
      while (atMs < untilMs) this.make(pictureMs, 1);
    },
    sleep(ms: number) {
      atMs += ms;
    },
    atMs: () => atMs,
    found: () => found,
  };
}

test('twenty quick pictures after the first three show a device that is fast enough, however long shaders took', () => {
  const quick = device();
  quick.make(2000, 3);
  quick.make(15, 20);
  expect(quick.found()).toBeNull();
  const justQuick = device();
  justQuick.make(100, 2000);
  expect(justQuick.found()).toBeNull();
});

test('fewer than ten pictures a second are too slow, and a page that stands still is not made to wait for twenty', () => {
  const slow = device();
  slow.make(101, 23);
  expect(slow.found()?.picture).toBe(23);
  const verySlow = device();
  verySlow.make(1000, 23);
  expect(verySlow.found()?.picture).toBe(5);
});

test('what was said once is not said again', () => {
  const slow = device();
  slow.make(500, 200);
  expect(slow.found()).not.toBeNull();
});

test('a device that gets slow later has ten seconds to recover', () => {
  const hot = device();
  hot.run(20, 3_600_000);
  const sinceMs = hot.atMs();
  hot.run(180, 10_000);
  expect(hot.found()).toBeNull();
  hot.run(180, 5000);
  expect((hot.found()?.atMs ?? 0) - sinceMs).toBeGreaterThan(10_000);
});

test('a device that creeps past the limit is found, and one that stays below it is not', () => {
  const creeping = device();
  creeping.run(20, 10_000);
  for (let pictureMs = 20; pictureMs <= 99; pictureMs += 1) creeping.run(pictureMs, 2000);
  creeping.run(99, 600_000);
  expect(creeping.found()).toBeNull();
  creeping.run(104, 30_000);
  expect(creeping.found()).not.toBeNull();
});

test('once slow, a device has recovered only below 70 ms: one that swings around the limit is too slow', () => {
  const swinging = device();
  swinging.run(20, 5000);
  for (let swing = 0; swing < 5; swing += 1) {
    swinging.run(140, 2000);
    swinging.run(80, 2000);
  }
  expect(swinging.found()).not.toBeNull();
  const recovering = device();
  recovering.run(20, 5000);
  for (let swing = 0; swing < 100; swing += 1) {
    recovering.run(140, 6000);
    recovering.run(30, 6000);
  }
  expect(recovering.found()).toBeNull();
});

test('pauses of the page and of the laptop are not slowness', () => {
  const paused = device();
  paused.run(20, 5000);
  for (let pause = 0; pause < 50; pause += 1) {
    paused.make(8000, 1);
    paused.run(20, 6000);
  }
  expect(paused.found()).toBeNull();
  const asleep = device();
  asleep.run(20, 5000);
  asleep.run(150, 8000);
  asleep.sleep(3_600_000);
  asleep.run(150, 9000);
  expect(asleep.found()).toBeNull();
  asleep.run(150, 3000);
  expect(asleep.found()).not.toBeNull();
});
