import { act, cleanup } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import AcceptedRing from '@/app/(community)/_push/accepted-ring';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { incomingView, snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ring = incomingView();
const handed = { callId: ring.id, ringId: ring.myRing?.id ?? '', pass: 'secret' };

/** A page of a browser whose worker hands this, and of a server that takes `pass`. */
async function page(hands: object | null, takes = 'secret') {
  const asked: { url: string; body: unknown }[] = [];
  const workers = Object.assign(new EventTarget(), {
    getRegistration: async () => ({
      active: {
        postMessage(_: unknown, [port]: [MessagePort]) {
          port.postMessage(hands);
        },
      },
    }),
  });
  Object.defineProperty(navigator, 'serviceWorker', { value: workers, configurable: true });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body));
    asked.push({ url, body });
    if (body.pass === takes) return Response.json({ callId: ring.id });
    const problem = { type: 'about:blank', title: 'Action not allowed', status: 403, code: 'not_allowed' };
    const headers = { 'content-type': 'application/problem+json' };
    return Response.json({ ...problem, requestId: 'r' }, { status: 403, headers });
  });
  const kit = renderKitInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <AcceptedRing />
    </CommunityStoreProvider>,
  );
  await act(async () => vi.waitFor(() => (hands ? expect(asked).not.toEqual([]) : undefined)));
  await act(async () => new Promise((resolve) => setTimeout(resolve)));
  return { ...kit, asked };
}

test('the ring that was accepted in its notification is accepted as soon as the page knows it', async () => {
  const kit = await page(handed);
  expect(kit.asked).toEqual([{ url: `/api/push/rings/${handed.ringId}/redeem`, body: { pass: 'secret' } }]);
  expect(kit.has('accept')).toBe(false);
  await kit.say({ type: 'snapshot', data: snapshot([ring]) });
  expect(kit.take('accept').args[0]).toBe(ring.id);
});

test('a page that was opened for nothing accepts nothing', async () => {
  const kit = await page(null);
  await kit.say({ type: 'snapshot', data: snapshot([ring]) });
  expect(kit.asked).toEqual([]);
  expect(kit.has('accept')).toBe(false);
});

test('a secret that the server does not take accepts nothing', async () => {
  const kit = await page({ ...handed, pass: 'old' });
  await kit.say({ type: 'snapshot', data: snapshot([ring]) });
  expect(kit.has('accept')).toBe(false);
});
