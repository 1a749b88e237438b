import { holdLock, type Locks } from '../between-tabs';
import { voteForRing } from './ring-vote';

export type RingTurnOptions = {
  /** The name of the lock and of the channel. */
  name: string;
  /** Null where the browser has none: then tabs agree over the channel. */
  locks: Locks | null;
  /** Null where tabs can't talk: then a frozen tab keeps its turn, and without locks each tab rings. */
  channel: Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'> | null;
  /** Emits when this tab is frozen and resumes. */
  page: Pick<Document, 'addEventListener' | 'removeEventListener'> | null;
  /** Begins to ring; what it returns stops it. */
  ring: () => () => void;
};

type Message = 'who rings?' | 'I do';

/** Longer than a busy tab needs to answer, shorter than a ring may stay unheard. */
const askAfterMs = 1500;
const answerWithinMs = 1500;

/**
 * Of all tabs of a browser exactly one rings at a time: the one that holds a lock. The others wait for it
 * and get it when that tab closes, stops or is frozen; a tab that was stopped without a word does not
 * answer, and its lock is stolen.
 *
 * @returns gives the turn back, or the wish for it
 */
export function takeRingTurn(options: RingTurnOptions): () => void {
  const { name, locks, channel, page } = options;
  let stop: (() => void) | null = null;
  let release: (() => void) | null = null;
  let waiting = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  const say = (message: Message) => channel?.postMessage(message);

  function compete(how: 'wait' | 'steal') {
    const { signal } = waiting;
    if (!locks) {
      withoutLocks();
      return;
    }
    const hold = () => {
      if (signal.aborted || stop) return undefined;
      clearTimeout(timer);
      stop = options.ring();
      // A tab that asked the one before, which closed, takes this for its answer.
      say('I do');
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    void holdLock(locks, name, how === 'steal' ? { steal: true } : { signal }, hold).then((end) => {
      if (signal.aborted) return;
      if (end === 'refused') withoutLocks();
      if (end !== 'stolen') return;
      // This tab stood still, and another one rings now.
      quieten();
      compete('wait');
      listen();
    });
  }

  function withoutLocks() {
    clearTimeout(timer);
    stop ??= channel ? voteForRing({ channel, ring: options.ring }) : options.ring();
  }

  function listen() {
    clearTimeout(timer);
    if (stop || !channel) return;
    timer = setTimeout(() => {
      timer = setTimeout(() => compete('steal'), answerWithinMs);
      say('who rings?');
    }, askAfterMs);
  }

  function quieten() {
    stop?.();
    stop = null;
    release = null;
  }

  function giveUp() {
    clearTimeout(timer);
    waiting.abort();
    const done = release;
    quieten();
    done?.();
  }

  function begin() {
    waiting = new AbortController();
    compete('wait');
    listen();
  }

  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data === 'who rings?') {
        if (stop) say('I do');
      } else listen();
    };
  }
  const resume = () => {
    if (!isOver) begin();
  };
  // A frozen tab would keep its lock and be silent.
  page?.addEventListener('freeze', giveUp);
  page?.addEventListener('resume', resume);
  begin();
  return () => {
    isOver = true;
    giveUp();
    page?.removeEventListener('freeze', giveUp);
    page?.removeEventListener('resume', resume);
    channel?.close();
  };
}
