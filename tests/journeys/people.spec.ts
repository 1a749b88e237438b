import sharp from 'sharp';
import { expectTalking, openDirect } from '../support/calling';
import { addCrowd } from '../support/crowd';
import { expect, test } from '../support/journey';
import {
  accept,
  type composer,
  conversations,
  disconnect,
  headerCall,
  members,
  openConversation,
  openProfile,
  profile,
  sendMessage,
} from '../support/screens';

const firstNames = ['Ada', 'Ben', 'Cleo', 'Dov', 'Ena', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon'];
const lastNames = [
  ...['Abel', 'Berg', 'Cole', 'Dahl', 'Ekman', 'Frost', 'Gold', 'Hart', 'Iwata', 'Jansen'],
  ...['Kerr', 'Lund', 'Moor', 'Nash', 'Olsen', 'Pike', 'Quist', 'Reyes', 'Stone', 'Tamm'],
];
const crowd = lastNames.flatMap((last) => firstNames.map((first) => `${first} ${last}`));

const picker = (page: Parameters<typeof composer>[0]) =>
  page.getByRole('dialog', { name: /New conversation|New group/ });

test('the member list holds 200 people, and its filter finds one by a part of the name', async ({
  app,
  person,
}) => {
  addCrowd(app, crowd);
  const alice = await person('alice');
  await openConversation(alice.page, 'general');
  const list = members(alice.page);
  await expect(list.getByRole('heading', { name: 'Members 205' })).toBeVisible();
  await expect(list.getByRole('listitem')).toHaveCount(205);
  const filter = list.getByRole('searchbox', { name: 'Find a member' });
  await filter.fill('fay tam');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await list.getByRole('button', { name: 'Fay Tamm' }).click();
  await expect(profile(alice.page, 'Fay Tamm')).toBeVisible();
  await alice.page.keyboard.press('Escape');
  await filter.fill('no such name');
  await expect(list.getByText('Nobody by that name.')).toBeVisible();
  await filter.fill('');
  await expect(list.getByRole('listitem')).toHaveCount(205);
});

test('the picker opens the direct conversation with one person, and makes a group of more', async ({
  app,
  person,
}) => {
  addCrowd(app, crowd);
  const alice = await person('alice');
  const { page } = alice;
  await page.getByRole('button', { name: 'New conversation' }).click();
  const dialog = picker(page);
  await dialog.getByRole('searchbox', { name: 'People' }).fill('jon sto');
  await dialog.getByRole('checkbox', { name: 'Jon Stone' }).check();
  await dialog.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Jon Stone', level: 1 })).toBeVisible();
  const first = page.url();

  await openConversation(page, 'general');
  await page.getByRole('button', { name: 'New conversation' }).click();
  await dialog.getByRole('searchbox', { name: 'People' }).fill('jon stone');
  await dialog.getByRole('checkbox', { name: 'Jon Stone' }).check();
  await dialog.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(page).toHaveURL(first);

  await page.getByRole('button', { name: 'New conversation' }).click();
  for (const name of ['Ada Abel', 'Ben Berg']) {
    await dialog.getByRole('searchbox', { name: 'People' }).fill(name);
    await dialog.getByRole('checkbox', { name }).check();
  }
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Book club');
  await dialog.getByRole('button', { name: 'Create group' }).click();
  await expect(page.getByRole('heading', { name: 'Book club', level: 1 })).toBeVisible();
  await expect(members(page).getByRole('listitem')).toHaveCount(3);
});

test('an own message can be deleted, for everyone, and no message of others', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openDirect(alice, bob);
  await openDirect(bob, alice);
  const words = `Forget this ${Date.now()}`;
  await sendMessage(alice.page, words);
  const line = (page: typeof alice.page) =>
    page.getByRole('main').getByRole('listitem').filter({ hasText: words });
  await expect(line(bob.page)).toBeVisible();
  await expect(line(bob.page).getByRole('button', { name: 'Delete message' })).toHaveCount(0);
  await line(alice.page).hover();
  await line(alice.page).getByRole('button', { name: 'Delete message' }).click();
  const question = alice.page.getByRole('dialog', { name: 'Delete this message?' });
  await question.getByRole('button', { name: 'Delete', exact: true }).click();
  for (const { page } of [alice, bob]) {
    await expect(line(page)).toHaveCount(0);
    await expect(page.getByRole('main').getByText('Message deleted').last()).toBeVisible();
  }
});

test('unread messages are counted in the tab title and in the list, and reading them clears both', async ({
  person,
}) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  for (const title of ['general', 'random', 'Weekend trip', 'Alice']) await openConversation(bob.page, title);
  await openConversation(bob.page, 'general');
  await openDirect(carol, bob);
  await expect(bob.page).toHaveTitle(/^general · Parley$/);
  await sendMessage(carol.page, 'One');
  await sendMessage(carol.page, 'Two');
  await expect(bob.page).toHaveTitle('(2) general · Parley');
  await expect(conversations(bob.page).getByRole('link', { name: 'Carol, 2 unread' })).toBeVisible();
  await openConversation(bob.page, 'Carol');
  await expect(bob.page).toHaveTitle('Carol · Parley');
  await expect(conversations(bob.page).getByRole('link', { name: 'Carol', exact: true })).toBeVisible();
});

test('picture, display name and about are seen by everyone; what is no picture is refused in words', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/400/);
  const [dave, alice] = [await person('dave'), await person('alice')];
  await dave.page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  const main = dave.page.getByRole('main');
  await main.getByRole('textbox', { name: 'Display name' }).fill('David Miller');
  await main.getByRole('textbox', { name: 'About' }).fill('Mends bicycles on Thursdays.');
  await main.getByRole('button', { name: 'Save profile' }).click();
  await expect(main.getByText('Saved')).toBeVisible();

  const file = main.getByLabel('Picture', { exact: true });
  await file.setInputFiles({
    name: 'x.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no picture at all'),
  });
  await expect(main.getByText('This file is not a picture that can be shown.')).toBeVisible();
  const png = await sharp({ create: { width: 900, height: 500, channels: 3, background: '#207050' } })
    .png()
    .toBuffer();
  await file.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png });
  await expect(main.getByRole('button', { name: 'Change picture' })).toBeVisible();

  await openConversation(alice.page, 'general');
  const card = await openProfile(alice.page, 'David Miller');
  await expect(card.getByText('Mends bicycles on Thursdays.')).toBeVisible();
  const picture = card.locator('img').first();
  await expect(picture).toHaveJSProperty('naturalWidth', 256);
  await expect(picture).toHaveJSProperty('naturalHeight', 256);
  const served = await alice.page.request.get(
    new URL((await picture.getAttribute('src')) ?? '', alice.page.url()).href,
  );
  expect(served.headers()['content-type']).toBe('image/webp');
  expect(served.headers()['x-content-type-options']).toBe('nosniff');
});

test('a profile opens from a name in a message, too, and calls from there', async ({ person }) => {
  const [bob, carol] = [await person('bob'), await person('carol')];
  await openConversation(bob.page, 'general');
  await bob.page.getByRole('main').getByRole('button', { name: 'Carol' }).first().click();
  const card = profile(bob.page, 'Carol');
  await card.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(bob.page.getByRole('heading', { name: 'Carol', level: 1 })).toBeVisible();
  await headerCall(bob.page).click();
  await accept(carol.page, 'Bob').click();
  await expectTalking(bob, carol);
  await disconnect(bob.page).click();
});
