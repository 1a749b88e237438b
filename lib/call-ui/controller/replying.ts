import { makeClientId } from '../client-id';
import { type Kit, sayWhy } from './kit';
import { untilResponse, type WaitOwners } from './repeating';

/** The words that answer a ring, and after how many minutes the person promises to call back. */
export type ReplyWords = { text: string; callBackInMinutes?: number };

/**
 * Declines the running ring with a message: silent here at once. Without a response it is sent again with the same
 * id, so that it arrives once, also after the ring has ended; a refusal brings the server's words.
 */
export async function reply(
  kit: WaitOwners & Pick<Kit, 'calls' | 'cards' | 'client' | 'rings'>,
  callId: string,
  words: ReplyWords,
): Promise<void> {
  const { calls, client, rings, state } = kit;
  const ring = calls.viewOf(callId)?.myRing;
  const send = client.reply;
  if (!send || !ring || state.get().answering.has(ring.id)) return;
  rings.answer(ring.id, 'declining');
  const message = { ringId: ring.id, ...words, clientMessageId: makeClientId() };
  try {
    calls.take(await untilResponse(kit, `reply-${ring.id}`, () => send.call(client, callId, message)));
  } catch (thrown) {
    state.batch(() => {
      sayWhy(kit, thrown);
      rings.forgetAnswer(ring.id);
    });
  }
}
