import 'server-only';
import { type Bus, type BusMessage, makeMemoryBus } from './bus';
import type { ServerLink } from './server-link';

/**
 * The bus of several server processes. This process's own streams receive a message before `publish` returns, so that
 * people at one server ring as fast as ever, also while the wire is away; the others receive it by the wire. What a
 * server misses it learns of by the count (`ServerLink`), and refreshes its streams.
 */
export function makeSharedBus(link: ServerLink): Bus {
  const here = makeMemoryBus();
  const deliver = (data: unknown) => void here.publish(data as BusMessage);
  link.handle('bus', { isCounted: true, receive: deliver });
  // Too late to matter once it is lost: nothing is refreshed for it.
  link.handle('passing', { isCounted: false, receive: deliver });
  return {
    async publish(message, to = 'all') {
      await here.publish(message);
      if (to === 'all') link.send(message.type === 'passing' ? 'passing' : 'bus', message);
    },
    subscribe: here.subscribe,
  };
}
