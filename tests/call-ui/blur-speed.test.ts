import { expect, test } from 'vitest';
import { createSpeedJudge } from '@/lib/call-ui/media/blur-speed';

/** What is said after each picture, and how many it took; null: nothing yet. */
function judged(pictureMs: number, pictures: number, firstMs = pictureMs) {
  const judge = createSpeedJudge();
  for (let picture = 1; picture <= pictures; picture += 1) {
    const isTooSlow = judge(picture <= 3 ? firstMs : pictureMs);
    if (isTooSlow !== undefined) return { isTooSlow, picture };
  }
  return null;
}

test('twenty quick pictures after the first three show a device that is fast enough, however long shaders took', () => {
  expect(judged(15, 22, 2000)).toBeNull();
  expect(judged(15, 23, 2000)).toEqual({ isTooSlow: false, picture: 23 });
  expect(judged(100, 23)).toEqual({ isTooSlow: false, picture: 23 });
});

test('fewer than ten pictures a second are too slow, and a page that stands still is not made to wait for twenty', () => {
  expect(judged(101, 23)).toEqual({ isTooSlow: true, picture: 23 });
  expect(judged(1000, 23)).toEqual({ isTooSlow: true, picture: 5 });
});

test('what was said once is not said again', () => {
  const judge = createSpeedJudge();
  const said = Array.from({ length: 200 }, () => judge(500)).filter((one) => one !== undefined);
  expect(said).toEqual([true]);
});
