import { act, cleanup, screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { Later, laterPart } from '@/app/_ui/later';
import { ToastProvider } from '@/app/_ui/toast';
import { renderInEnglish } from '../support/in-english';

type Props = { name: string };
const Card = ({ name }: Props) => <p>Card of {name}</p>;
const giveUp = vi.fn();

afterEach(() => {
  cleanup();
  giveUp.mockClear();
});

/** A part that arrives when the test says so. */
function partOnItsWay() {
  const answers: PromiseWithResolvers<ComponentType<Props>>[] = [];
  const importPart = vi.fn(() => {
    const answer = Promise.withResolvers<ComponentType<Props>>();
    answers.push(answer);
    return answer.promise;
  });
  return {
    part: laterPart(importPart),
    importPart,
    arrive: () => act(async () => answers.at(-1)?.resolve(Card)),
    fail: () => act(async () => answers.at(-1)?.reject(new Error('no network'))),
  };
}

const shown = (part: ReturnType<typeof laterPart<Props>>, isDue: boolean) => (
  <ToastProvider>
    <Later part={part} props={{ name: 'Bob' }} isDue={isDue} giveUp={giveUp} before={<p>Not yet</p>} />
  </ToastProvider>
);
const card = () => screen.queryByText('Card of Bob');

test('a part is asked for when it is due, once, and stays when it is not due any more', async () => {
  const { part, importPart, arrive } = partOnItsWay();
  const { rerender } = renderInEnglish(shown(part, false));
  expect(importPart).not.toHaveBeenCalled();
  rerender(shown(part, true));
  expect(screen.getByText('Not yet')).toBeTruthy();
  await arrive();
  expect(card()).toBeTruthy();
  expect(screen.queryByText('Not yet')).toBeNull();
  rerender(shown(part, false));
  expect(card(), 'a dialog has its time to leave').toBeTruthy();
});

test('a part that is there already is shown in the same render', async () => {
  const { part, arrive } = partOnItsWay();
  const loading = part.load();
  await arrive();
  await loading;
  renderInEnglish(shown(part, true));
  expect(card()).toBeTruthy();
});

test('a part that can’t be had says so, closes what asked for it, and is asked for again the next time', async () => {
  const { part, importPart, arrive, fail } = partOnItsWay();
  const { rerender } = renderInEnglish(shown(part, true));
  await fail();
  expect(screen.getByRole('alert').textContent).toContain('That didn’t open. Check your connection');
  expect(giveUp).toHaveBeenCalledOnce();
  rerender(shown(part, false));
  rerender(shown(part, true));
  expect(importPart).toHaveBeenCalledTimes(2);
  await arrive();
  expect(card()).toBeTruthy();
});

test('what was closed before its part came says nothing about a failure', async () => {
  const { part, fail } = partOnItsWay();
  const { rerender } = renderInEnglish(shown(part, true));
  rerender(shown(part, false));
  await fail();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(giveUp).not.toHaveBeenCalled();
});
