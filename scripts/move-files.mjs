/** `npm run move-files -- PLACE`: copies all pictures from where they are kept to another folder or bucket. */
import { openFiles } from '../lib/files/files.mjs';
import { filesFault } from '../lib/files-fault.mjs';
import { copyFiles } from './copy-files.mjs';
import { withMeter } from './meter.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError, say, took } from './progress.mjs';
import { readSettings } from './settings.mjs';

async function main() {
  const [place] = process.argv.slice(2);
  const { files } = readSettings({ ...process.env, PARLEY_URL: '', REDIS_URL: '' });
  if (!place)
    throw new StartError(
      'Where to? npm run move-files -- /mnt/shared/parley, or -- https://s3.example.org/bucket',
    );
  const fault = filesFault({ ...process.env, PARLEY_FILES: place });
  if (fault) throw new StartError(`${fault.name} ${fault.words}.`);
  console.log('');
  await continueOnPinnedNode();
  const [from, to] = [openFiles(files), openFiles({ ...files, place })];
  const startedAt = Date.now();
  /** @type {import('./meter.mjs').Reading | undefined} */
  let reading;
  const copying = async () => {
    await to.check();
    return copyFiles(from, to, 'pictures', (done, total) => {
      reading = { done, total, unit: 'pictures' };
    });
  };
  const copied = await withMeter('Moving', copying(), () => reading).catch((error) => {
    throw new StartError(
      `Not all pictures were copied: ${error.message}. Run this again; it goes on where it was.`,
    );
  });
  say('Copied', `${copied} pictures in ${took(startedAt)}`);
  console.log(
    `\n  Start Parley with PARLEY_FILES=${place} from now on. If it ran meanwhile, stop it first and run this`,
  );
  console.log(
    '  again for the pictures that came since. Those in the old place stay: delete them when all is well.\n',
  );
}

await runScript(main);
