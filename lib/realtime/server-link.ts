import 'server-only';
import type { Log } from '@/lib/log';
import type { Wire } from './wire';

/** How often each server says that it lives, and how many messages it has sent. */
const tickMs = 1000;
/** A server that said nothing for this long has died, or cannot be reached. */
const silentForMs = 4000;
/** Two ticks further apart than this mean that this process stood still, not that others were silent. */
const stoodStillMs = 3000;
/** For how long the count of a silent server is remembered. */
const rememberedMs = 600_000;

/** What servers send one another, by topic; `tick` and `bye` are the link's own. */
type Packet = { from: string; topic: string; number: number | null; data: unknown };

/** How messages of one topic are handled. */
export type Topic = {
  /** Numbered, so that a server that misses one finds out (`onGap`) and repairs it. */
  isCounted: boolean;
  receive(data: unknown, from: string): void;
};

/** What a part of the realtime room does about other servers. */
export type LinkListener = {
  /** Something of this server was lost on the way. */
  onGap?: (from: string) => void;
  /** This server is up, or can be reached again. */
  onJoined?: (from: string) => void;
  /** This server stopped, died, or can't be reached. */
  onLeft?: (from: string) => void;
  /** The wire is connected, the first time or again: anything may have been missed. */
  onConnected?: () => void;
  /** The data of another server's tick. */
  onTick?: (data: unknown) => void;
};

export type LinkOptions = {
  wire: Wire;
  /** Different for each process and start. */
  serverId: string;
  log: Log;
  /** Milliseconds of this process only. */
  monotonic: () => number;
  /** What each tick carries besides. */
  tickData: () => unknown;
};

export type ServerLink = {
  readonly serverId: string;
  /** Begins to listen; called once, when every topic is handled. */
  open(): void;
  /** Handles what other servers send under this name. */
  handle(topic: string, handling: Topic): void;
  send(topic: string, data: unknown): void;
  listen(listener: LinkListener): void;
  /** How many servers are up as far as this one knows, itself included. */
  count(): number;
  isConnected(): boolean;
  /** Called once a second, and by tests. */
  tick(): void;
  close(): void;
};

/**
 * Connects one server with the others of its community. Each server numbers what it sends and says the last number
 * every second, so that the others notice within a second what the wire has lost.
 */
export function makeServerLink({ wire, serverId, log, monotonic, tickData }: LinkOptions): ServerLink {
  const others = new Map<string, { number: number; heardAt: number; isAlive: boolean }>();
  const topics = new Map<string, Topic>();
  const listeners: LinkListener[] = [];
  let sent = 0;
  let tickedAt = monotonic();

  function post(topic: string, number: number | null, data: unknown): void {
    const packet: Packet = { from: serverId, topic, number, data };
    wire.send(JSON.stringify(packet));
  }

  function receive(text: string): void {
    const packet = readPacket(text);
    if (!packet) {
      log.warn('another server sent what this version cannot read');
      return;
    }
    const { from, topic, data } = packet;
    if (from === serverId) return;
    if (topic === 'bye') {
      leave(from);
      others.delete(from);
      return;
    }
    const isRepeat = count(packet);
    if (topic === 'tick') for (const { onTick } of listeners) onTick?.(data);
    else if (!isRepeat) topics.get(topic)?.receive(data, from);
  }

  /** Returns whether this message was counted before, or is so late that its loss was repaired. */
  function count({ from, topic, number }: Packet): boolean {
    const other = others.get(from) ?? { number: 0, heardAt: 0, isAlive: false };
    others.set(from, other);
    other.heardAt = monotonic();
    if (!other.isAlive) {
      other.isAlive = true;
      for (const { onJoined } of listeners) onJoined?.(from);
    }
    if (number === null) return false;
    const isTick = topic === 'tick';
    const isRepeat = !isTick && number <= other.number;
    const isGap = (isTick ? number : number - 1) > other.number;
    other.number = Math.max(other.number, number);
    if (isGap) for (const { onGap } of listeners) onGap?.(from);
    return isRepeat;
  }

  function leave(from: string): void {
    const other = others.get(from);
    if (!other?.isAlive) return;
    other.isAlive = false;
    for (const { onLeft } of listeners) onLeft?.(from);
  }

  function tick(): void {
    const now = monotonic();
    const stoodStill = now - tickedAt > stoodStillMs;
    tickedAt = now;
    post('tick', sent, tickData());
    for (const [from, other] of others) {
      if (stoodStill) other.heardAt = now;
      else if (now - other.heardAt >= silentForMs) leave(from);
      if (now - other.heardAt >= rememberedMs) others.delete(from);
    }
  }

  let close = () => {};

  return {
    serverId,
    open() {
      const stopListening = wire.listen(receive, () => {
        post('tick', sent, tickData());
        for (const { onConnected } of listeners) onConnected?.();
      });
      const timer = setInterval(tick, tickMs);
      timer.unref();
      close = () => {
        clearInterval(timer);
        post('bye', null, null);
        stopListening();
      };
    },
    handle: (topic, handling) => void topics.set(topic, handling),
    send(topic, data) {
      const isCounted = topics.get(topic)?.isCounted === true;
      if (isCounted) sent += 1;
      post(topic, isCounted ? sent : null, data);
    },
    listen: (listener) => void listeners.push(listener),
    count: () => 1 + [...others.values()].filter((other) => other.isAlive).length,
    isConnected: () => wire.isConnected(),
    tick,
    close: () => close(),
  };
}

function readPacket(text: string): Packet | null {
  try {
    const packet: Partial<Packet> | null = JSON.parse(text);
    if (typeof packet?.from !== 'string' || typeof packet.topic !== 'string') return null;
    return { from: packet.from, topic: packet.topic, number: packet.number ?? null, data: packet.data };
  } catch {
    return null;
  }
}
