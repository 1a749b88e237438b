import { StartError } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { installPackages } from './system-packages.mjs';

/** The languages of the names and messages in the scenes, in fontconfig's names. */
const needed = [
  { language: 'en', letters: 'Latin letters', packageName: 'fonts-dejavu-core' },
  { language: 'he', letters: 'Hebrew letters', packageName: 'fonts-dejavu-core' },
  { language: 'ar', letters: 'Arabic letters', packageName: 'fonts-dejavu-core' },
  { language: 'und-zsye', letters: 'emoji', packageName: 'fonts-noto-color-emoji' },
];

/**
 * Makes sure that pictures show letters instead of boxes. macOS brings all of them.
 * @throws {StartError} naming the packages, where they can't be installed
 */
export async function requireFonts() {
  if (process.platform !== 'linux') return;
  let missing = await missingFonts();
  const packages = () => [...new Set(['fontconfig', ...missing.map((font) => font.packageName)])];
  if (missing.length > 0 && (await installPackages('Fonts', packages()))) missing = await missingFonts();
  if (missing.length > 0) {
    throw new StartError(
      `Pictures need fonts for ${missing.map((font) => font.letters).join(', ')}. Install them (Debian: apt-get install ${packages().join(' ')}).`,
    );
  }
}

async function missingFonts() {
  const missing = [];
  for (const font of needed) {
    const { code, output } = await runCommand('fc-list', [`:lang=${font.language}`], { quiet: true });
    if (code !== 0 || output.trim() === '') missing.push(font);
  }
  return missing;
}
