import { makeClientId } from '../client-id';

export type RingVoteOptions = {
  channel: Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;
  /** Begins to ring; what it returns stops it. */
  ring: () => () => void;
  /** Which of two tabs goes first: the one with the smaller id. Default: a random one. */
  id?: string;
};

type Message = { kind: 'claim' | 'mine'; from: string } | { kind: 'free' };

/** How long another tab has to object to a claim. */
const objectWithinMs = 150;
/** How often a silent tab asks whether the ringing one is still there. */
const askEveryMs = 3000;

/**
 * Lets one of all tabs of a browser ring where there are no Web Locks: a tab claims the ring and begins when no
 * other objects. Of two that claim or ring at once the one with the smaller id goes on. A ringing tab that no longer
 * objects has been stopped by the browser, and the next claim takes over.
 *
 * @returns gives the ring back, or the wish for it
 */
export function voteForRing({ channel, ring, id = makeClientId() }: RingVoteOptions): () => void {
  let state: 'claiming' | 'ringing' | 'silent' = 'claiming';
  let stop: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (message: Message) => channel.postMessage(message);

  function claim() {
    state = 'claiming';
    clearTimeout(timer);
    timer = setTimeout(begin, objectWithinMs);
    say({ kind: 'claim', from: id });
  }

  function begin() {
    state = 'ringing';
    stop = ring();
    say({ kind: 'mine', from: id });
  }

  function beSilent() {
    state = 'silent';
    stop?.();
    stop = null;
    clearTimeout(timer);
    timer = setTimeout(claim, askEveryMs);
  }

  channel.onmessage = ({ data: message }: MessageEvent<Message>) => {
    if (message.kind === 'free') {
      if (state === 'silent') claim();
      return;
    }
    const isMine = id < message.from;
    if (state === 'ringing') {
      if (message.kind === 'mine' && !isMine) beSilent();
      else say({ kind: 'mine', from: id });
    } else if (message.kind === 'mine') beSilent();
    else if (state === 'claiming') {
      if (isMine) say({ kind: 'claim', from: id });
      else beSilent();
    }
  };
  claim();
  return () => {
    clearTimeout(timer);
    channel.onmessage = null;
    if (!stop) return;
    stop();
    stop = null;
    say({ kind: 'free' });
  };
}
