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
 * Runs the main function of a script; an error ends the process with code 1. An error
 * of the system is printed in its own words without a stack, because its cause is a folder, not Parley's code.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    console.error(isOfTheSystem(error) ? `\n${hintFor(error)}${error.message}\n` : error);
    process.exit(1);
  }
}

/** @returns {error is NodeJS.ErrnoException} */
function isOfTheSystem(/** @type {unknown} */ error) {
  if (error instanceof StartError) return true;
  // The error of a disk that fills up while a file is being written lacks the file's path.
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return isFull || (error instanceof Error && 'syscall' in error && 'path' in error);
}

function hintFor(/** @type {NodeJS.ErrnoException} */ { code, path }) {
  if (code === 'ENOSPC') return 'The disk is full.\n';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `This user may not write ${path}. Give it the folder, or choose another one for the data with PARLEY_DATA_DIR.\n`;
  }
  return '';
}
