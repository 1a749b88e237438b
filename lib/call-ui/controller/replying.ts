import { makeClientId } from '../client-id';
import { asCallError, type Kit } from './kit';
import { type WaitOwners, whileRinging } from './repeating';

/** The words that answer a ring, and after how many minutes the person promises to call back. */
export type ReplyWords = { text: string; callBackInMinutes?: number };

/**
 * Declines the running ring with a message: silent here at once. Without a response it is sent again while it rings,
 * with the same id, so that it arrives once; a refusal or a ring that ended before brings the server's words.
 */
export async function reply(
  kit: WaitOwners & Pick<Kit, 'calls' | 'cards' | 'client' | 'rings'>,
  callId: string,
  words: ReplyWords,
): Promise<void> {
  const { calls, cards, client, rings, state } = kit;
  const ring = calls.viewOf(callId)?.myRing;
  if (!ring || state.get().answering.has(ring.id)) return;
  rings.answer(ring.id, 'declining');
  const message = { ringId: ring.id, ...words, clientMessageId: makeClientId() };
  const fail = (title: string, detail: string) =>
    state.batch(() => {
      cards.refuse({ title, detail, start: null });
      rings.forgetAnswer(ring.id);
    });
  try {
    const send = () => client.reply(callId, message);
    const view = await whileRinging(kit, { callId, ringId: ring.id }, 'decline', send);
    calls.take(view);
    if (!view) fail('Message not sent', 'The call ended before the server could be reached.');
  } catch (thrown) {
    const error = asCallError(thrown);
    calls.take(error.call);
    fail(error.title, error.detail);
  }
}
