/** An error for the person at the terminal: its message is printed as it is, without a stack. */
export class StartError extends Error {}

/**
 * Prints one labelled line of progress.
 * @param {string} label what is being set up, such as "LiveKit"
 * @param {string} text
 */
export function say(label, text) {
  console.log(`  ${label.padEnd(13)} ${text}`);
}

/** @param {number} sinceMs what `Date.now()` was when it began */
export function took(sinceMs) {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/**
 * Runs the main function of a script; whatever it throws ends the process with code 1.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof StartError ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
