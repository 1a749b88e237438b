import { expect, type Locator } from '@playwright/test';
import type { Person } from './people';
import { type Look, lookAt } from './picture-camera';
import { callControl, callRegion, openSettings, participant } from './screens';

/** Software draws every picture here. */
export const patient = { timeout: 90_000, intervals: [250] };

/** What the model's runtime prints as an error. */
export const modelNews = /INFO: Created TensorFlow Lite XNNPACK delegate for CPU/;

export const pictureOf = (viewer: Person, name: string) => participant(viewer.page, name).locator('video');

export const blurSwitch = ({ page }: Person) => page.getByRole('switch', { name: 'Background blur' });

/** Switches the blur on or off in Settings. */
export async function switchBlur(person: Person): Promise<void> {
  await openSettings(person.page);
  await blurSwitch(person).click();
}

/**
 * Has the page measure a tenth of the time that its work takes: a machine that is busy with other things is not too
 * slow for the blur.
 *
 * @returns has it measure what is true again
 */
export async function measureGenerously({ page }: Person): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() / 10;
  });
  return () => page.evaluate(() => void Reflect.deleteProperty(performance, 'now'));
}

/** The page stands still for some seconds while the first pictures are made. */
export const pressCamera = ({ page }: Person) => callControl(page, 'Camera').click({ timeout: 40_000 });

export const blurNotice = ({ page }: Person, text: string) =>
  callRegion(page).getByRole('status').filter({ hasText: text });

const sharpBoard = 0.08;
/** In a picture that was sent as video. */
const blurredBoard = 0.02;

/** The chessboard behind the person is clear or a blur, of this colour; their face is sharp in both. */
export async function expectPicture(
  video: Locator,
  wanted: 'clear' | 'blurred',
  camera: 'front' | 'back' = 'front',
): Promise<void> {
  await expect
    .poll(async () => {
      const look = await lookAt(video);
      if (!look || look.face < 0.02) return look;
      const { board, tint } = look;
      const shown = board > sharpBoard ? 'clear' : board < blurredBoard ? 'blurred' : board;
      return `${shown}, ${tint > 0 ? 'back' : 'front'}`;
    }, patient)
    .toBe(`${wanted}, ${camera}`);
}

/** At least so many pictures have arrived, and none of them is clear. */
export async function expectOnlyBlurred(
  arrived: () => Promise<readonly Look[]>,
  pictures: number,
): Promise<void> {
  const seen: Look[] = [];
  await expect.poll(async () => seen.push(...(await arrived())), patient).toBeGreaterThanOrEqual(pictures);
  expect(seen.filter(({ board }) => board >= blurredBoard)).toEqual([]);
}
