import { afterAll, beforeAll, expect, it } from 'vitest';
import { closeWorld, endReasonsOf, openWorld } from './promises';

beforeAll(openWorld);
afterAll(closeWorld);

it('the steps really reach calls that were answered, declined, missed, cancelled and failed', async () => {
  expect(await endReasonsOf(150)).toEqual(['cancelled', 'completed', 'declined', 'failed', 'missed']);
});
