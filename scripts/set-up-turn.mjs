import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { toolsDir } from './paths.mjs';
import { say } from './progress.mjs';
import { claimRunFile } from './run-file.mjs';

/**
 * Runs work that changes the clone (its dependencies, its build), one process at a time: npm start and
 * npm test of a fresh clone may begin at the same moment.
 * @param {() => Promise<void>} work looks itself whether another process has done it meanwhile
 */
export async function oneAtATime(work) {
  mkdirSync(toolsDir, { recursive: true });
  let hasSaid = false;
  for (;;) {
    const turn = claimRunFile(join(toolsDir, 'set-up.json'), {});
    if (turn.isMine) {
      try {
        return await work();
      } finally {
        turn.release();
      }
    }
    if (!hasSaid)
      say('Set-up', `waiting for process ${turn.holder.job.pid}, which is setting this folder up`);
    hasSaid = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
