import { expect, test } from '@playwright/test';
import { startScenes } from '../support/scene-server';

/** `npm run gallery`, as a developer uses it. */
let gallery: Awaited<ReturnType<typeof startScenes>>;
test.beforeAll(async () => {
  gallery = await startScenes();
});
test.afterAll(() => gallery.stop());

test('a scene is found, changed by its controls, and shown narrow, light and right to left with its code', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  // The first request compiles every file of the gallery.
  await page.goto(gallery.url, { waitUntil: 'domcontentloaded', timeout: 60_000 });
  await page.getByRole('searchbox', { name: 'Find a scene' }).waitFor({ timeout: 60_000 });
  const scene = page.frameLocator('iframe');
  const root = scene.locator('html');
  const side = page.getByRole('complementary', { name: 'Properties and code' });
  await page.getByRole('searchbox', { name: 'Find a scene' }).fill('refused');
  await page.getByRole('button', { name: 'refused', exact: true }).click();
  await expect(scene.getByRole('alert')).toContainText('Action not allowed', { timeout: 60_000 });
  await side.getByLabel('title').fill('Not today');
  await expect(scene.getByRole('alert')).toContainText('Not today');
  await expect(side.locator('pre')).toContainText('title="Not today"');
  for (const name of ['Phone', 'Light', 'Right to left'])
    await page.getByRole('button', { name, exact: true }).click();
  await expect(root).toHaveJSProperty('clientWidth', 390);
  await expect(root).toHaveAttribute('data-theme', 'light');
  await expect(root).toHaveAttribute('dir', 'rtl');
  // The address leads a colleague to the same.
  await page.reload();
  await expect(root).toHaveJSProperty('clientWidth', 390, { timeout: 30_000 });
  await expect(root).toHaveAttribute('dir', 'rtl');
  await expect(scene.getByRole('alert')).toContainText('Action not allowed');
});
