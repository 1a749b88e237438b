/** What people do in the scenes of `screenshots.mjs`, the same way on a wide window and on a phone. */

/** @typedef {import('@playwright/test').Page} Page */

export const isPhone = (/** @type {Page} */ page) => (page.viewportSize()?.width ?? 0) < 768;

export const callOf = (/** @type {Page} */ page) => page.getByRole('region', { name: 'Call', exact: true });

export const press = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.getByRole('button', { name, exact: true }).first().click();

export const pressInCall = (/** @type {Page} */ page, /** @type {string} */ name) =>
  callOf(page).getByRole('button', { name, exact: true }).first().click();

export const phase = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.locator(`[data-call-phase="${name}"]`).first().waitFor();

export const incoming = (/** @type {Page} */ page) => page.getByRole('alertdialog').first().waitFor();

export const answer = (/** @type {Page} */ page, /** @type {'Accept' | 'Decline'} */ name) =>
  page.getByRole('alertdialog').first().getByRole('button', { name, exact: true }).click();

/** Opens a conversation by what the list calls it. */
export async function open(/** @type {Page} */ page, /** @type {string} */ title) {
  await uncover(page);
  const list = page.getByRole('navigation', { name: 'Conversations' });
  if (!(await list.isVisible())) {
    const back = page.getByRole('main').getByRole('link', { name: 'Back', exact: true });
    if (await back.isVisible()) await back.click();
    else await goTo(page, 'Messages');
  }
  await list.getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { name: title }).first().waitFor();
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
}

/** Opens one of the places of the rail, or of a phone's tab bar. */
export async function goTo(/** @type {Page} */ page, /** @type {'Messages' | 'Calls' | 'Settings'} */ name) {
  await uncover(page);
  const place = page.getByRole('navigation', { name: 'Parley' }).getByRole('link', { name });
  if (isPhone(page) && !(await place.filter({ visible: true }).count()))
    await page.getByRole('link', { name: 'Back', exact: true }).first().click();
  await place.filter({ visible: true }).first().click();
}

/** Puts a call that fills the window back into its place. */
async function uncover(/** @type {Page} */ page) {
  const back = callOf(page).getByRole('button', { name: 'Back to the conversation', exact: true });
  if (await back.isVisible()) await back.click();
}

/** Call in the header of the open conversation, through the sheet on a phone. */
export async function startCall(/** @type {Page} */ page) {
  await page.getByRole('main').getByRole('button', { name: 'Call', exact: true }).first().click();
  if (isPhone(page)) await press(page, 'Join call');
}

export async function leave(/** @type {Page} */ page) {
  await pressInCall(page, isPhone(page) ? 'Leave' : 'Disconnect');
  await callOf(page).waitFor({ state: 'hidden' });
}

/** Calls a member of a channel from their profile, so that no direct conversation has to exist. */
export async function callFromProfile(/** @type {Page} */ page, /** @type {string} */ name) {
  await open(page, 'general');
  const dialog = await openProfile(page, name);
  await dialog.getByRole('button', { name: 'Call', exact: true }).click();
}

export async function showMembers(/** @type {Page} */ page) {
  const members = page.getByRole('complementary', { name: 'Members' });
  if (!(await members.isVisible())) await press(page, 'Members');
  await members.waitFor();
  return members;
}

export async function openProfile(/** @type {Page} */ page, /** @type {string} */ name) {
  const members = await showMembers(page);
  await members.getByRole('button', { name }).first().click();
  const dialog = page.getByRole('dialog', { name, exact: true });
  await dialog.waitFor();
  return dialog;
}

/** A ring around who speaks makes a better picture; on a busy machine there is one without. */
export const speaking = (/** @type {Page} */ page) =>
  page
    .locator('[data-speaking]')
    .first()
    .waitFor({ timeout: 4000 })
    .catch(() => {});
