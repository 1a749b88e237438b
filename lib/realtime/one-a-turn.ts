import 'server-only';

/** One thing a turn of the event loop, so that requests and rings get in between. */
export const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Begins one piece of work in a turn of the event loop, in the order in which they came, with no more than `atOnce` under
 * way. On SQLite a read ends in the turn that it began in; on a database server the turns go on while reads wait.
 */
export class OneATurn {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #runningCount = 0;
  #isBeginning = false;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.#waiting.push(begin);
      void this.#beginAll();
    });
    try {
      return await work();
    } finally {
      this.#runningCount -= 1;
      void this.#beginAll();
    }
  }

  async #beginAll(): Promise<void> {
    if (this.#isBeginning) return;
    this.#isBeginning = true;
    while (this.#waiting.length > 0 && this.#runningCount < this.#atOnce) {
      await nextTurn();
      this.#runningCount += 1;
      this.#waiting.shift()?.();
    }
    this.#isBeginning = false;
  }
}
