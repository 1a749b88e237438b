import { cleanup, fireEvent, screen } from '@testing-library/react';
import { PathnameContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { Fragment, useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProfileProvider } from '@/app/(community)/_people/profile';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import MessagesPage from '@/app/(community)/messages/[[...conversation]]/page';
import MessagesLayout from '@/app/(community)/messages/layout';
import { snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';
import { stubLayout } from '../support/no-layout';

const [conversation] = snapshot().conversations;
beforeEach(() => {
  stubLayout();
  vi.stubGlobal('fetch', async () => Response.json({ messages: [], nextBefore: null }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Draws the page anew at each press, as Next does when an answer of the server arrives. */
function Answers() {
  const [count, setCount] = useState(0);
  return (
    <>
      <MessagesLayout>
        <Fragment key={count}>
          <MessagesPage />
        </Fragment>
      </MessagesLayout>
      <button type="button" onClick={() => setCount(count + 1)}>
        Answer
      </button>
    </>
  );
}

test('what is being typed keeps its field and its focus when the server answers late', () => {
  renderKitInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <ProfileProvider>
        <PathnameContext value={`/messages/${conversation?.id}`}>
          <Answers />
        </PathnameContext>
      </ProfileProvider>
    </CommunityStoreProvider>,
  );
  const field = screen.getByRole('textbox', { name: 'Message' });
  field.focus();
  fireEvent.change(field, { target: { value: 'half a sen' } });
  fireEvent.click(screen.getByRole('button', { name: 'Answer' }));
  expect(screen.getByRole('textbox', { name: 'Message' })).toBe(field);
  expect(document.activeElement).toBe(field);
});
