/**
 * `npm run screenshots -- FOLDER [wide | narrow] [SCENE…]`: starts a Parley of its own with the demo
 * community, plays the scenes in real browsers and saves a picture of every surface, dark and light: `wide-…`
 * at 1280 × 800, `narrow-…` at 390 × 844, and what the smallest phone makes of it as `small-…`.
 * `npm run screenshots -- FOLDER stage [SCENE… | WIDTHxHEIGHT…]` takes the states of the call interface from the gallery,
 * `npm run screenshots -- docs/kit/pictures docs` those of the kit's documentation.
 */
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript } from './progress.mjs';

await runScript(async () => {
  await continueOnPinnedNode();
  const { buildApp } = await import('./build.mjs');
  const { readSettings } = await import('./settings.mjs');
  const { provideTestNeeds } = await import('./test-needs.mjs');
  // Before the pictures' own modules are loaded: they look for the browser in the environment.
  Object.assign(process.env, await provideTestNeeds({ withFirefox: false, withFonts: true }));
  const [folder, ...wanted] = process.argv.slice(2);
  if (folder && wanted[0] === 'docs') {
    const { takeDocPictures } = await import('./stage-pictures.mjs');
    await takeDocPictures(folder);
    return;
  }
  if (folder && wanted[0] === 'stage') {
    const { takeStagePictures } = await import('./stage-pictures.mjs');
    await takeStagePictures(folder, wanted.slice(1));
    return;
  }
  await buildApp({ distDir: readSettings({ ...process.env, PARLEY_URL: '' }).distDir, env: process.env });
  const { takePictures } = await import('./pictures.mjs');
  await takePictures(process.argv.slice(2));
});
