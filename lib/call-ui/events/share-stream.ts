import type { StreamEvent } from '@parley/call-protocol';
import { holdLock, type Locks } from '../between-tabs';
import { clockNow } from '../clock';
import type { Front } from '../in-front';
import type { SnapshotKeeper } from './aged-snapshot';
import type { EventFeedState } from './event-feed';
import type { ServerStream } from './server-stream';

/** What tabs of one browser say to each other. */
export type ShareMessage =
  | { kind: 'hello'; from: string }
  | { kind: 'handover'; to: string; event: StreamEvent; state: EventFeedState }
  | { kind: 'event'; event: StreamEvent }
  | { kind: 'state'; state: EventFeedState }
  | { kind: 'front'; from: string; isInFront: boolean }
  | { kind: 'ping' }
  | { kind: 'pong' };

export type ShareOptions = {
  tabId: string;
  locks: Locks;
  lockName: string;
  channel: Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
  open: (onEvent: (event: StreamEvent) => void, onState: (state: EventFeedState) => void) => ServerStream;
  keeper: SnapshotKeeper;
  front: Front;
  /** Answers a heartbeat for the whole browser. */
  answerHeartbeat: (isInFront: boolean) => void;
  /** Emits when this tab is frozen and resumes. */
  page: Pick<Document, 'addEventListener' | 'removeEventListener'> | null;
  onEvent: (event: StreamEvent) => void;
  onState: (state: EventFeedState) => void;
};

const askAfterMs = 5000;
const answerWithinMs = 3000;

/**
 * One tab holds the lock and the connection (the leader) and relays every event in order. The others
 * wait for the lock, which is theirs when the leader closes. A leader that is frozen keeps its lock but
 * doesn't answer: after 5 s of silence it is asked, after 3 more its lock is stolen. Where the browser refuses locks
 * every tab leads itself.
 *
 * Followers ask; the leader does not report by itself, because browsers slow the timers of hidden tabs down to one a
 * minute, but not their messages.
 */
export function shareStream(options: ShareOptions): () => void {
  const { tabId, locks, lockName, channel, keeper, front, page, onEvent, onState } = options;
  /** Aborted while this tab is frozen, and for good when it is closed or signed out. */
  let taking = new AbortController();
  let stream: ServerStream | null = null;
  let release: (() => void) | null = null;
  let state: EventFeedState = 'connecting';
  let isCaughtUp = false;
  let isOver = false;
  let isWaiting = false;
  let quietTimer: ReturnType<typeof setTimeout> | undefined;
  /** The other tabs that have been in front since the last heartbeat, as they said. */
  const inFront = new Set<string>();

  const say = (message: ShareMessage) => channel.postMessage(message);

  function setState(next: EventFeedState) {
    state = next;
    onState(next);
  }

  function lead(): Promise<void> {
    clearTimeout(quietTimer);
    isCaughtUp = true;
    stream = options.open(
      (event) => {
        if (event.type === 'heartbeat') answerHeartbeat();
        say({ kind: 'event', event });
        onEvent(event);
        if (event.type === 'signed-out') releaseLeadership();
      },
      (next) => {
        say({ kind: 'state', state: next });
        setState(next);
      },
    );
    return new Promise((resolve) => {
      release = resolve;
    });
  }

  /** Tabs in front say so again with each heartbeat, so that one that crashed does not count for ever. */
  function answerHeartbeat() {
    options.answerHeartbeat(front.isInFront() || inFront.size > 0);
    inFront.clear();
  }

  const sayFront = () => say({ kind: 'front', from: tabId, isInFront: front.isInFront() });

  function releaseLeadership() {
    isOver = true;
    withdraw();
  }

  /** Leads no more and waits for nothing. */
  function withdraw() {
    clearTimeout(quietTimer);
    taking.abort();
    isWaiting = false;
    stopLeading();
    release?.();
    release = null;
  }

  function stopLeading() {
    stream?.close();
    stream = null;
  }

  function compete(how: 'wait' | 'steal') {
    if (how === 'wait') {
      if (isWaiting) return;
      isWaiting = true;
    }
    const { signal } = taking;
    const granted = () => {
      if (signal.aborted) return undefined;
      if (how === 'wait') isWaiting = false;
      return stream ? undefined : lead();
    };
    void holdLock(locks, lockName, how === 'steal' ? { steal: true } : { signal }, granted).then((end) => {
      if (signal.aborted) return;
      // A browser that gives no locks gives none to any tab: each has a stream of its own.
      if (end === 'refused' && !stream) void lead();
      if (end !== 'stolen') return;
      // This tab stood still and another has taken over.
      stopLeading();
      isCaughtUp = false;
      becomeFollower();
      compete('wait');
    });
  }

  function becomeFollower() {
    say({ kind: 'hello', from: tabId });
    listenForLeader();
  }

  function listenForLeader() {
    clearTimeout(quietTimer);
    if (stream || taking.signal.aborted) return;
    quietTimer = setTimeout(() => {
      quietTimer = setTimeout(() => compete('steal'), answerWithinMs);
      say(isCaughtUp ? { kind: 'ping' } : { kind: 'hello', from: tabId });
    }, askAfterMs);
  }

  channel.onmessage = ({ data: message }: MessageEvent<ShareMessage>) => {
    if (stream) {
      if (message.kind === 'ping') {
        stream.check();
        say({ kind: 'pong' });
      } else if (message.kind === 'hello') {
        const event = keeper.snapshotAt(clockNow());
        if (event) say({ kind: 'handover', to: message.from, event, state });
        else say({ kind: 'state', state });
      } else if (message.kind === 'front') {
        if (message.isInFront) inFront.add(message.from);
        else inFront.delete(message.from);
      }
      return;
    }
    if (message.kind === 'ping' || message.kind === 'hello' || message.kind === 'front') return;
    listenForLeader();
    if (message.kind === 'handover' && message.to === tabId) {
      isCaughtUp = true;
      setState(message.state);
      onEvent(message.event);
    } else if (message.kind === 'state') setState(message.state);
    else if (message.kind === 'event') {
      if (message.event.type === 'heartbeat' && front.isInFront()) sayFront();
      // Without a snapshot a single view says too little; a snapshot says it all.
      if (!isCaughtUp && message.event.type !== 'snapshot' && message.event.type !== 'signed-out') return;
      isCaughtUp = true;
      onEvent(message.event);
      if (message.event.type === 'signed-out') releaseLeadership();
    }
  };

  function resume() {
    if (isOver) return;
    taking = new AbortController();
    isCaughtUp = false;
    becomeFollower();
    compete('wait');
  }

  // A frozen tab would keep its lock and hear nothing.
  page?.addEventListener('freeze', withdraw);
  page?.addEventListener('resume', resume);
  const stopFront = front.onChange(sayFront);
  resume();
  return () => {
    stopFront();
    releaseLeadership();
    page?.removeEventListener('freeze', withdraw);
    page?.removeEventListener('resume', resume);
    channel.close();
  };
}
