/** The first pictures compile shaders. */
const warmUpPictures = 3;
const measuredPictures = 20;
/** Slow machines are judged earlier than after `measuredPictures`, in milliseconds of work. */
const measuredMs = 2000;
/** Fewer than ten pictures a second, and a page that hardly reacts. In milliseconds. */
const slowestPictureMs = 100;

/**
 * Judges the first second of a blurred camera.
 *
 * @returns a function that takes how long each picture took, in milliseconds, and returns whether the device is too
 * slow for more; undefined while that is open, and once it was said
 */
export function createSpeedJudge(): (pictureMs: number) => boolean | undefined {
  let pictures = 0;
  let sumMs = 0;
  let isJudged = false;
  return (pictureMs) => {
    pictures += 1;
    if (isJudged || pictures <= warmUpPictures) return undefined;
    sumMs += pictureMs;
    const measured = pictures - warmUpPictures;
    if (measured < measuredPictures && sumMs < measuredMs) return undefined;
    isJudged = true;
    return sumMs / measured > slowestPictureMs;
  };
}
