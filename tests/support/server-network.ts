import type { Wire } from '@/lib/realtime/wire';

/** What becomes of one text on its way to one server: how many turns later each copy arrives; none: it is lost. */
export type Fate = () => readonly number[];

type End = { deliver: (text: string) => void; connected: () => void; isCut: boolean };

/** A network between servers of one test; a text arrives in the turn in which it was sent unless `fate` says else. */
export function makeNetwork() {
  const ends = new Set<End>();
  const late: { turns: number; deliver: () => void }[] = [];
  let fate: Fate = () => [0];
  return {
    /** A server's end of the network; `cut` and `mend` disconnect and connect it. */
    plug() {
      const end: End = { deliver: () => undefined, connected: () => undefined, isCut: false };
      const wire: Wire = {
        send(text) {
          if (end.isCut) return;
          for (const other of ends)
            for (const turns of other.isCut ? [] : fate())
              if (turns === 0) other.deliver(text);
              else late.push({ turns, deliver: () => !other.isCut && other.deliver(text) });
        },
        listen(receive, onConnected) {
          end.deliver = receive;
          end.connected = onConnected;
          ends.add(end);
          onConnected();
          return () => void ends.delete(end);
        },
        isConnected: () => !end.isCut,
      };
      return {
        wire,
        cut: () => {
          end.isCut = true;
        },
        mend: () => {
          end.isCut = false;
          end.connected();
        },
      };
    },
    setFate(next: Fate) {
      fate = next;
    },
    /** One turn passes for what is late. */
    turn() {
      for (const one of late) one.turns -= 1;
      const due = late.filter((one) => one.turns <= 0);
      late.splice(0, late.length, ...late.filter((one) => one.turns > 0));
      for (const one of due) one.deliver();
    },
  };
}
