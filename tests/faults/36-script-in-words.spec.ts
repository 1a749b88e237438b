import { faultCase } from '../support/fault-case';
import { expect, test } from '../support/journey';
import { conversations, openConversation, sendMessage } from '../support/screens';

const fault = faultCase(36);

// An app of its own: Bob is not called Bob afterwards.
test.use({ appSettings: { LOG_LEVEL: 'warn' } });

const attacks = [
  '<script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=2">',
  '"><svg onload=window.hacked=3>',
  'javascript:window.hacked=4',
  '[click](javascript:window.hacked=5)',
  'https://example.org/"onmouseover="window.hacked=6',
  '{{constructor.constructor("window.hacked=7")()}}',
  '</title><script>window.hacked=8</script>',
];

test('script in names, messages, titles and links is text, runs nowhere, and breaks no policy', async ({
  app,
  person,
}) => {
  const [bob, dave] = [await person('bob'), await person('dave')];
  const reports: string[] = [];
  for (const { page } of [bob, dave]) {
    await page.addInitScript(() => {
      const all: string[] = [];
      (window as Window & { policyReports?: string[] }).policyReports = all;
      document.addEventListener('securitypolicyviolation', (event) =>
        all.push(`${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    page.on('dialog', (dialog) => void dialog.dismiss());
  }
  fault.did('Bob takes a script for a name and an about, a group for a title, and writes eight of them');
  const headers = { 'sec-fetch-site': 'same-origin', origin: app.url };
  const named = await bob.page.request.patch(`${app.url}/api/me`, {
    headers,
    data: { displayName: '<img src=x onerror=hacked=9>', about: attacks[0] },
  });
  expect(named.status()).toBe(200);
  const daveId = (await (await dave.page.request.get(`${app.url}/api/me`)).json()).id;
  const others = (await (await bob.page.request.get(`${app.url}/api/users`)).json()).users as {
    id: string;
    username: string;
  }[];
  const carolId = others.find(({ username }) => username === 'carol')?.id;
  const group = await bob.page.request.post(`${app.url}/api/conversations`, {
    headers,
    data: { userIds: [daveId, carolId], title: '<script>window.hacked=10</script>' },
  });
  expect(group.status()).toBe(201);
  const { id } = await group.json();

  for (const { page } of [bob, dave]) {
    await page.goto(`${app.url}/messages/${id}`);
    await expect(
      page.getByRole('heading', { name: '<script>window.hacked=10</script>' }).first(),
    ).toBeVisible();
  }
  for (const text of attacks) await sendMessage(bob.page, text);
  await expect(
    dave.page.getByText('</title><script>window.hacked=8</script>', { exact: true }),
  ).toBeVisible();
  await openConversation(dave.page, 'general');
  await expect(conversations(dave.page)).toBeVisible();

  for (const { page } of [bob, dave]) {
    const links = await page
      .locator('main a[href]')
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).protocol));
    expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
    expect(await page.evaluate(() => (window as Window & { hacked?: number }).hacked)).toBeUndefined();
    reports.push(
      ...(await page.evaluate(() => (window as Window & { policyReports?: string[] }).policyReports ?? [])),
    );
  }
  expect(reports).toEqual([]);
  fault.atMost('reports of the content security policy', 0, reports.length, 'reports');
});
