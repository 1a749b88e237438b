import { parentPort, workerData } from 'node:worker_threads';
import { guessPassword } from './guess-password.mjs';

// Types wrong passwords from a thread of its own, so that sending them holds up nothing that a test measures
// meanwhile. Prints 'under way' at the first response, and all responses at the end.
const { page, tries } =
  /** @type {{ page: import('./guess-password.mjs').SignInPage, tries: { username: string, address: string }[] }} */ (
    workerData
  );
const guesses = tries.map((who) => guessPassword(page, who));
await Promise.race(guesses);
parentPort?.postMessage('under way');
parentPort?.postMessage(await Promise.all(guesses));
