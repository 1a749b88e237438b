import { Writable } from 'node:stream';

/** A client of a stream that takes what was sent only when the test says so. */
export function connectClient(pour: (client: Writable) => void) {
  let sent = '';
  let hold: (() => void) | null = null;
  const text = new TextDecoder();
  const connection = new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      hold = () => {
        hold = null;
        sent += text.decode(bytes, { stream: true });
        done();
      };
    },
  });
  pour(connection);
  return {
    /** Takes everything that is on its way. */
    take() {
      while (hold) hold();
    },
    /** Takes one piece. */
    takeOne: () => hold?.(),
    taken: () => sent,
    isOver: () => connection.destroyed || connection.writableEnded,
    disconnect: () => void connection.destroy(),
  };
}
