import { expect, it } from 'vitest';
import { makeTestApp } from '../support/make-test-deps';
import { waitFor } from '../support/wait-for';

const everyone = 40;

/** So many people whose streams open in the same moment, and how often the event loop turned meanwhile. */
async function openAtOnce(closing: (at: number) => boolean) {
  const app = await makeTestApp();
  const people = await Promise.all(Array.from({ length: everyone }, (_, n) => app.makeUser(`Person${n}`)));
  const { snapshot } = app.deps.readers;
  const turns = { all: 0, ofReads: [] as number[] };
  app.deps.readers.snapshot = (viewer) => {
    turns.ofReads.push(turns.all);
    return snapshot(viewer);
  };
  let isOver = false;
  const count = () => {
    turns.all += 1;
    if (!isOver) setImmediate(count);
  };
  count();
  const shown = new Set<number>();
  for (const [at, viewer] of people.entries()) {
    const stream = app.deps.fanOut.open(viewer, {
      send: ({ type }) => type === 'snapshot' && shown.add(at),
      close: () => undefined,
    });
    if (closing(at)) stream.drop();
  }
  const open = people.filter((_, at) => !closing(at)).length;
  await waitFor('every open stream has its snapshot', async () => shown.size === open, 60_000);
  isOver = true;
  return turns;
}

it('no turn of the event loop begins two snapshots, however many people return at once', async () => {
  const { ofReads } = await openAtOnce(() => false);
  expect(ofReads).toHaveLength(everyone);
  expect(new Set(ofReads).size).toBe(everyone);
});

it('nothing is read for a stream whose client went while it waited', async () => {
  const { ofReads } = await openAtOnce((at) => at % 2 === 1);
  expect(ofReads).toHaveLength(everyone / 2);
});
