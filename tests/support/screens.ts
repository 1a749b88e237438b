import type { Locator, Page } from '@playwright/test';

/** Where things are on the screen, by their accessible names and nothing else. */

export const conversations = (page: Page): Locator => page.getByRole('navigation', { name: 'Conversations' });

/** The list of conversations, which alone among a page's navigation has headings. */
export const conversationsInAnyLanguage = (page: Page): Locator =>
  page.getByRole('navigation').filter({ has: page.getByRole('heading', { level: 2 }) });

export const members = (page: Page): Locator => page.getByRole('complementary', { name: 'Members' });

/** Opens a conversation by what the list calls it: a channel, a group's title, a person's name. */
export async function openConversation(page: Page, title: string): Promise<void> {
  await conversations(page).getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { name: title }).first().waitFor();
}

/** Opens Settings, also during a call. @returns what stands in them */
export async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Settings', exact: true }).waitFor();
  return page.getByRole('main');
}

/** **Call** in the conversation header. */
export const headerCall = (page: Page): Locator =>
  page.getByRole('main').getByRole('button', { name: 'Call', exact: true }).first();

export const headerJoinCall = (page: Page): Locator =>
  page.getByRole('main').getByRole('button', { name: 'Join call', exact: true }).first();

export const profile = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true });

/** Opens a person's profile from the member list of the conversation that is open. */
export async function openProfile(page: Page, name: string): Promise<Locator> {
  await members(page).getByRole('button', { name }).first().click();
  const dialog = profile(page, name);
  await dialog.waitFor();
  return dialog;
}

export const incomingWindow = (page: Page, from: string, group?: string): Locator =>
  page.getByRole('alertdialog', {
    name: group ? `Incoming call from ${from} in ${group}` : `Incoming call from ${from}`,
    exact: true,
  });

export const accept = (page: Page, from: string, group?: string): Locator =>
  incomingWindow(page, from, group).getByRole('button', { name: 'Accept', exact: true });

export const decline = (page: Page, from: string, group?: string): Locator =>
  incomingWindow(page, from, group).getByRole('button', { name: 'Decline', exact: true });

/** Where a call of this person runs in another tab or on another device. */
export const moveCallHere = (page: Page): Locator =>
  page.getByRole('button', { name: 'Move call here', exact: true });

/** The call this page takes part in; `data-call-phase` and `data-call-kind` are attributes of it. */
export const callRegion = (page: Page): Locator => page.getByRole('region', { name: 'Call', exact: true });

export const callPhase = (page: Page, phase: string): Locator =>
  callRegion(page).and(page.locator(`[data-call-phase="${phase}"]`));

export const callControls = (page: Page): Locator => page.getByRole('toolbar', { name: 'Call controls' });

export const callControl = (page: Page, name: string): Locator =>
  callControls(page).getByRole('button', { name, exact: true });

export const disconnect = (page: Page): Locator =>
  page.getByRole('button', { name: 'Disconnect', exact: true }).first();

export const callTimer = (page: Page): Locator => callRegion(page).getByRole('timer');

/** One participant of the call, in the list of the call. */
export const participant = (page: Page, name: string): Locator =>
  callRegion(page).getByRole('listitem', { name, exact: true });

/** Alerts that people are meant to see; Next's own one only reads page titles to screen readers. */
export const alerts = (page: Page): Locator =>
  page.getByRole('alert').and(page.locator(':not(#__next-route-announcer__)'));

export const refusal = (page: Page): Locator =>
  page.getByRole('alert').filter({ hasText: 'Action not allowed' });

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Message', exact: true });

export async function sendMessage(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}
