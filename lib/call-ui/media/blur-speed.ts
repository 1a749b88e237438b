/** The first pictures compile shaders. */
const warmUpPictures = 3;
const measuredPictures = 20;
/** Slow machines are judged earlier than after `measuredPictures`, in milliseconds of work. */
const measuredMs = 2000;
/** Fewer than ten pictures a second, and a page that hardly reacts. In milliseconds. */
const slowestPictureMs = 100;

/** Later on, a device that got slow must get this quick again to count as recovered. In milliseconds. */
const recoveredPictureMs = 70;
/** How long it has for that, in milliseconds: a page that loads something else is slow for a while, too. */
const recoveryMs = 10_000;
/** The mean forgets in this time, in milliseconds. */
const rememberedMs = 2000;
/** No picture counts for more: one long pause of the page is not a slow device. In milliseconds. */
const longestCountedMs = 2 * slowestPictureMs;
/** A device that made no picture for so long was asleep, in milliseconds. */
const sleepMs = 5000;

/**
 * Judges whether a device is too slow for a blurred camera, as long as it runs. At first quickly: twenty pictures are
 * enough. Later, when it gets hot or saves power, with patience: the mean must pass 100 ms and stay above 70 ms for
 * ten seconds.
 *
 * @returns a function that takes how long a picture took and when it was done, both in milliseconds, and returns true
 * once: when the device is too slow for more
 */
export function createSpeedJudge(): (pictureMs: number, atMs: number) => boolean {
  let pictures = 0;
  let sumMs = 0;
  let meanMs: number | null = null;
  let lastAtMs = 0;
  let slowSinceMs: number | null = null;
  let isJudged = false;

  /** Undefined: not known yet. */
  function meanAtFirst(pictureMs: number): number | undefined {
    pictures += 1;
    if (pictures <= warmUpPictures) return undefined;
    sumMs += pictureMs;
    const measured = pictures - warmUpPictures;
    return measured < measuredPictures && sumMs < measuredMs ? undefined : sumMs / measured;
  }

  function isSlowForTooLong(mean: number, pictureMs: number, atMs: number): boolean {
    if (atMs - pictureMs - lastAtMs > sleepMs) slowSinceMs = null;
    const weight = 1 - Math.exp((lastAtMs - atMs) / rememberedMs);
    const now = mean + (Math.min(pictureMs, longestCountedMs) - mean) * weight;
    meanMs = now;
    if (now < recoveredPictureMs) slowSinceMs = null;
    else if (now > slowestPictureMs) slowSinceMs ??= atMs;
    return slowSinceMs !== null && atMs - slowSinceMs >= recoveryMs;
  }

  return (pictureMs, atMs) => {
    if (isJudged) return false;
    if (meanMs === null) {
      const mean = meanAtFirst(pictureMs);
      if (mean === undefined) return false;
      meanMs = mean;
      isJudged = mean > slowestPictureMs;
    } else isJudged = isSlowForTooLong(meanMs, pictureMs, atMs);
    lastAtMs = atMs;
    return isJudged;
  };
}
