import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { type ReactElement, useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/app/_language/api-error';
import { ConfirmModal } from '@/app/_ui/modal';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { RenameGroup } from '@/app/(community)/messages/rename-group';
import { snapshot } from '../call-ui/support/views';
import { renderInEnglish } from '../support/in-english';

/** Ends the request under way as one that never arrived. */
let fail = async () => {};

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((_, reject) => {
        fail = () => act(async () => reject(new TypeError('no network')));
      }),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const offline = 'The server can’t be reached. Check your connection.';
const button = (name: string) => screen.getByRole('button', { name });
const press = (name: string) => act(async () => void fireEvent.click(button(name)));
const isOpen = () => screen.queryByRole('dialog') !== null;

type Asked = (open: boolean, onClose: () => void) => ReactElement;
/** A dialog that stays mounted while it is closed, and the button that opens it. */
function Asking({ of }: { of: Asked }) {
  const [open, setOpen] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Ask
      </button>
      {of(open, () => setOpen(false))}
    </>
  );
}
const show = async (of: Asked) => {
  renderInEnglish(
    <CommunityStoreProvider store={new CommunityStore(snapshot())}>
      <Asking of={of} />
    </CommunityStoreProvider>,
  );
  await screen.findByRole('dialog');
};

/** Presses `name`, tries to get away while it runs, and again after it has failed. */
async function staysUntilAnswered(name: string) {
  await press(name);
  expect(button('Cancel').hasAttribute('disabled')).toBe(true);
  await press('Close');
  expect(isOpen(), 'what runs goes on, so the dialog stays').toBe(true);
  await fail();
  expect(screen.getByRole('alert').textContent).toBe(offline);
  await press('Cancel');
  expect(isOpen()).toBe(false);
}

test('a question whose answer is under way stays until it is done, and opens without the old error', async () => {
  const confirm = async () => {
    await fetch('/').catch(() => {
      throw new ApiError('offline', offline);
    });
  };
  await show((open, onClose) => (
    <ConfirmModal
      {...{ open, onClose, confirm }}
      title="Remove Bob?"
      lede="For good."
      confirmLabel="Remove"
    />
  ));
  await staysUntilAnswered('Remove');
  await press('Ask');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a group that is being renamed keeps its dialog until it is done', async () => {
  const group = snapshot().conversations[0];
  if (!group) throw new Error('there is a conversation');
  await show((open, onClose) => (
    <>{open && <RenameGroup conversation={{ ...group, title: 'Weekend trip' }} onClose={onClose} />}</>
  ));
  await staysUntilAnswered('Save');
});
