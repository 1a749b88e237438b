/** `npm run reset-password -- NAME`: a one-use link for a person who forgot the password, also for a sole operator. */
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript } from './progress.mjs';
import { readSettings } from './settings.mjs';

async function main() {
  // The checks of a public start are not this command's: it needs the database only.
  const settings = readSettings({ ...process.env, PARLEY_URL: '' });
  const { PARLEY_URL } = process.env;
  const [username] = process.argv.slice(2);
  await continueOnPinnedNode();
  const { passwordLink } = await import('./password-link.mjs');
  const { path, isSuspended } = await passwordLink(settings, username);
  const origin = PARLEY_URL ? new URL(PARLEY_URL).origin : `http://localhost:${settings.port}`;
  console.log(`\n  ${username} chooses a new password here; it works once, within three days:\n`);
  console.log(`  ${origin}${path}\n`);
  if (!PARLEY_URL)
    console.log('  On another address? Set PARLEY_URL as for npm start, or change the beginning.');
  if (isSuspended) console.log('  They are suspended: an operator must let them back in, too.');
  console.log('  Until it is used the old password works; afterwards their earlier sign-ins are over.\n');
}

await runScript(main);
