import { type Kit, sayWhy } from './kit';
import { ringKey } from './owners/rings';

export type RingOwners = Pick<Kit, 'calls' | 'cards' | 'client' | 'rings'>;

/** Rings a member again, or stops a ring, once at a time; a refusal is shown in the server's words. */
export async function changeRing(
  { calls, cards, client, rings }: RingOwners,
  callId: string,
  userId: string,
  verb: 'ring' | 'stopRing',
): Promise<void> {
  await rings.changeOnce(ringKey(callId, userId), async () => {
    try {
      calls.take(await client[verb]?.(callId, userId));
    } catch (thrown) {
      sayWhy({ calls, cards }, thrown);
    }
  });
}
