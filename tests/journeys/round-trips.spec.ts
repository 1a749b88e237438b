import type { Page, Request } from '@playwright/test';
import { expectNoCall, expectTalking } from '../support/calling';
import { expect, test } from '../support/journey';
import {
  accept,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
  openConversation,
  sendMessage,
} from '../support/screens';

type Asked = { alice: string[]; bob: string[] };

/**
 * What each action asks of the server, by Alice's browser and by Bob's, who looks at the same conversation. A change
 * that asks once more fails here; one that means to changes the list, and so does one that saves a request.
 */
const opening = ['GET /api/conversations/[conv]/messages', 'GET /api/events', 'GET /messages/[conv]'];
const expected = {
  'both open the conversation': { alice: opening, bob: opening },
  'Alice opens a channel': { alice: ['GET /api/conversations/[conv]/messages'], bob: [] },
  'Alice comes back': { alice: ['GET /api/conversations/[conv]/messages'], bob: [] },
  'Alice sends a message': { alice: ['POST /api/conversations/[conv]/messages'], bob: [] },
  'Alice starts a call': { alice: ['POST /api/calls'], bob: ['POST /api/calls/[call]/ringing'] },
  'Bob accepts': { alice: [], bob: ['POST /api/calls/[call]/accept'] },
  'Alice leaves': { alice: ['POST /api/calls/[call]/leave'], bob: [] },
  'Alice starts another call': { alice: ['POST /api/calls'], bob: ['POST /api/calls/[call]/ringing'] },
  'Bob declines': { alice: [], bob: ['POST /api/calls/[call]/decline'] },
} satisfies Record<string, Asked>;

const heartbeat = 'POST /api/events/alive';
/** Come at their own time: after a heartbeat, and once what arrived has been looked at for a moment. */
const untimed = [heartbeat, 'PUT /api/conversations/[conv]/read'];

/** Collects what a page asks, but for files that the browser keeps. */
function listen(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request: Request) => {
    const { pathname } = new URL(request.url());
    if (!/^\/(api|messages|calls|settings)\b/.test(pathname)) return;
    asked.push(`${request.method()} ${pathname.replaceAll(/\b(call|conv|user|msg)_\w+/g, '[$1]')}`);
  });
  return asked;
}

/** Until the server knows that this page has shown everything: learnt later, a page that opens reads its messages again. */
async function untilRead(page: Page): Promise<void> {
  const address = `/api/conversations/${new URL(page.url()).pathname.split('/').at(-1)}`;
  const read = async (path: string) =>
    (await page.request.get(new URL(`${address}${path}`, page.url()).href)).json();
  const isRead = async () =>
    (await read('')).lastReadSeq >= ((await read('/messages?limit=1')).messages[0]?.seq ?? 0);
  await expect.poll(isRead, { message: 'everything is read' }).toBe(true);
}

test('each action asks the server what the list says, and an idle minute only answers its heartbeats', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openConversation(alice.page, 'Bob');
  await openConversation(bob.page, 'Alice');
  for (const { page } of [alice, bob]) await untilRead(page);
  const pages = { alice: listen(alice.page), bob: listen(bob.page) };
  /** Everything that was asked since the last action, which includes what came too late for that one. */
  const expectAsked = async (what: keyof typeof expected) => {
    const asked = () => {
      const own = (of: string[]) => of.filter((one) => !untimed.includes(one)).sort();
      return { alice: own(pages.alice), bob: own(pages.bob) };
    };
    await expect.poll(asked, { message: what }).toEqual(expected[what]);
    for (const of of Object.values(pages)) of.splice(0);
  };
  await Promise.all([alice.page.reload(), bob.page.reload()]);
  await expectAsked('both open the conversation');
  await openConversation(alice.page, 'general');
  await expectAsked('Alice opens a channel');
  await openConversation(alice.page, 'Bob');
  await expectAsked('Alice comes back');
  await sendMessage(alice.page, 'Counted');
  await expectAsked('Alice sends a message');
  await headerCall(alice.page).click();
  await incomingWindow(bob.page, 'Alice').waitFor();
  await expectAsked('Alice starts a call');
  await accept(bob.page, 'Alice').click();
  await expectTalking(alice, bob);
  await expectAsked('Bob accepts');
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
  await expectAsked('Alice leaves');
  await headerCall(alice.page).click();
  await incomingWindow(bob.page, 'Alice').waitFor();
  await expectAsked('Alice starts another call');
  await decline(bob.page, 'Alice').click();
  await expectNoCall(alice, bob);
  await expectAsked('Bob declines');

  for (const of of Object.values(pages)) of.splice(0);
  for (const _ of ['this', 'and a whole pause until the next'])
    await alice.page.waitForRequest((request) => request.url().endsWith('/api/events/alive'), {
      timeout: 30_000,
    });
  expect(pages.alice.filter((one) => !untimed.includes(one))).toEqual([]);
  expect(pages.alice.filter((one) => one === heartbeat).length).toBeLessThanOrEqual(2);
});
