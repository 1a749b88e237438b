import type { Gone } from '@parley/call-protocol';
import { type CallClient, CallError } from '../client';
import type { EventFeed, KitEvent } from '../events/event-feed';
import type { SentCallView } from '../sent-views';

/**
 * One person's end of a transport: what `CallProvider` would be given for them.
 *
 * @example
 * const alice: TransportSide = { userId: 'alice', client: clientFor('alice'), events: eventsFor('alice') };
 */
export type TransportSide = { userId: string; client: CallClient; events: EventFeed };

/**
 * Thrown by a rule that a transport breaks; the message says what happened instead.
 *
 * @example
 * run(openTwoPeople).catch((error) => { if (error instanceof RuleBroken) report(name, error.message); });
 */
export class RuleBroken extends Error {
  override name = 'RuleBroken';
}

/** Throws `RuleBroken` unless it is so. */
export function check(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new RuleBroken(otherwise);
}

/** Resolves with the `CallError` that a command is refused with. */
export async function refusalOf(command: Promise<unknown>, what: string): Promise<CallError> {
  const thrown = await command.then(
    () => undefined,
    (error: unknown) => error,
  );
  check(thrown !== undefined, `${what} was not refused`);
  check(thrown instanceof CallError, `${what} was refused with ${String(thrown)}, which is no CallError`);
  return thrown;
}

const patienceMs = 5000;

/** What one listener of a feed gets, in its order. */
export type Listener = {
  readonly events: readonly KitEvent[];
  /** Every view of this call that came, in the order of arrival. */
  viewsOf(callId: string): SentCallView[];
  /** Resolves with the first view of this call that fits, come or to come; throws after 5 s. */
  until(callId: string, what: string, fits: (view: SentCallView) => boolean): Promise<SentCallView>;
  /** Resolves with the first event of this type; throws after 5 s. */
  first<Type extends KitEvent['type']>(type: Type): Promise<Extract<KitEvent, { type: Type }>>;
  stop(): void;
};

/** Listens to a feed from now on. */
export function listen(feed: EventFeed): Listener {
  const events: KitEvent[] = [];
  const waiting = new Set<() => void>();
  const stop = feed.subscribe((event) => {
    events.push(event);
    for (const look of [...waiting]) look();
  });

  function wait<Found>(what: string, find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, fail) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        done();
        resolve(found);
      };
      const timer = setTimeout(() => {
        done();
        const types = events.map(({ type }) => type).join(', ') || 'nothing';
        fail(new RuleBroken(`${what} did not come within ${patienceMs} ms; there came: ${types}`));
      }, patienceMs);
      const done = () => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  }

  const viewsOf = (callId: string) =>
    events
      .flatMap((event): (SentCallView | Gone)[] => {
        if (event.type === 'snapshot') return [...event.data.calls];
        return event.type === 'call' ? [event.data] : [];
      })
      .filter((view): view is SentCallView => !('gone' in view) && view.id === callId);

  return {
    events,
    viewsOf,
    until: (callId, what, fits) => wait(what, () => viewsOf(callId).find(fits)),
    first: <Type extends KitEvent['type']>(type: Type) =>
      wait(`an event "${type}"`, () =>
        events.find((event): event is Extract<KitEvent, { type: Type }> => event.type === type),
      ),
    stop,
  };
}
