import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { packageEntries } from './package-entries.mjs';
import { root } from './paths.mjs';
import { StartError } from './progress.mjs';

/**
 * Compares the types of the built packages with the reports beside their sources (`lib/…/api/*.api.md`).
 * @param {{ isAccepted: boolean }} options `isAccepted` writes the reports down instead
 * @throws {StartError} when a type changed that other apps see
 */
export function reportApi({ isAccepted }) {
  const changed = /** @type {const} */ (['protocol', 'call-ui']).flatMap((name) =>
    packageEntries(name)
      .filter((entry) => hasChanged(join(root, 'lib', name), entry, isAccepted))
      .map((entry) => `lib/${name}/api/${entry}.api.md`),
  );
  if (changed.length === 0 || isAccepted) return;
  throw new StartError(
    `Types that other apps see have changed: ${changed.join(', ')}. If that is meant: npm run build:packages -- --accept-api`,
  );
}

/** @returns {boolean} */
function hasChanged(
  /** @type {string} */ folder,
  /** @type {string} */ entry,
  /** @type {boolean} */ isAccepted,
) {
  const reportFolder = join(folder, 'api');
  mkdirSync(reportFolder, { recursive: true });
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, `dist/${entry}.d.ts`),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'esnext',
            moduleResolution: 'bundler',
            strict: true,
            skipLibCheck: true,
            jsx: 'react-jsx',
            lib: ['esnext', 'dom'],
            types: [],
          },
          include: [join(folder, 'dist/**/*.d.ts')],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder,
        reportTempFolder: join(folder, 'dist/.api'),
        reportFileName: `${entry}.api.md`,
      },
      docModel: { enabled: true, apiJsonFilePath: join(folder, `dist/.api/${entry}.api.json`) },
      dtsRollup: { enabled: false },
      messages: {
        extractorMessageReporting: { default: { logLevel: 'none' } },
        compilerMessageReporting: { default: { logLevel: 'none' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
  });
  const isNew = !existsSync(join(reportFolder, `${entry}.api.md`));
  const result = Extractor.invoke(config, {
    localBuild: isAccepted,
    messageCallback(message) {
      if (message.logLevel !== ExtractorLogLevel.Error) message.handled = true;
    },
  });
  return result.apiReportChanged || isNew;
}
