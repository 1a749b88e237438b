import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bob, button, carol } from './fakes';

const chunk = '../../lib/call-ui/components/call-parts';
/** The kit's parts, in a page that cannot load the chunk that draws most of them until `isThere`. */
let parts: typeof import('../../lib/call-ui/components/on-demand');
let isThere = false;

beforeEach(async () => {
  isThere = false;
  vi.resetModules();
  vi.doMock(chunk, async (importActual) => {
    if (!isThere) throw new Error('the server has no such file');
    return importActual();
  });
  parts = await import('../../lib/call-ui/components/on-demand');
});
afterEach(() => {
  cleanup();
  vi.doUnmock(chunk);
  vi.resetModules();
});

it('says why a call was refused, and says it as ever once they can be loaded', async () => {
  const dismiss = vi.fn();
  render(<parts.RefusalAlert title="Action not allowed" detail="You can’t call Erin." dismiss={dismiss} />);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Action not allowed');
  expect(alert.textContent).toContain('You can’t call Erin.');
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(dismiss).toHaveBeenCalledOnce();
  isThere = true;
  await act(async () => void dispatchEvent(new Event('online')));
  await vi.waitFor(() => expect(screen.getByRole('alert').querySelector('svg')).not.toBeNull());
  expect(screen.getByRole('alert').textContent).toContain('Action not allowed');
});

it('says that a question cannot be shown, and asks it once it can be loaded', async () => {
  const [cancel, stay] = [vi.fn(), vi.fn()];
  const side = (title: string) => ({ title, kind: 'direct' as const, person: null });
  const { unmount } = render(
    <parts.SwitchCallDialog
      {...{ from: side('Bob'), to: side('Carol'), durationMs: null, switchProps: button(), stay }}
      isNarrow={false}
    />,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('This could not be loaded');
  fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(stay).toHaveBeenCalledOnce();
  unmount();
  render(
    <parts.StartCallSheet
      {...{ people: [bob, carol], title: 'Weekend trip', joinProps: button(), cancel, deviceMenu: null }}
    />,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('Trying again…');
  isThere = true;
  await act(async () => void dispatchEvent(new Event('online')));
  expect(await screen.findByRole('dialog', { name: 'Start call' })).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
