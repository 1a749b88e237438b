import { expect, it } from 'vitest';
import { describeSequences, endReasonsOf } from './promises';

describeSequences(0);

it('the steps really reach calls that were answered, declined, missed, cancelled and failed', async () => {
  expect(await endReasonsOf(150)).toEqual(['cancelled', 'completed', 'declined', 'failed', 'missed']);
});
