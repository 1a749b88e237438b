/** What S3-compatible servers other than Amazon's expect unless they are set up otherwise. */
export const defaultRegion = 'us-east-1';

/**
 * What is wrong with where files are to be kept, in words for the operator. Plain JavaScript, because a start and its
 * scripts check it before the app does.
 * @param {{
 *   PARLEY_FILES?: string | undefined, PARLEY_FILES_KEY?: string | undefined, PARLEY_FILES_SECRET?: string | undefined,
 * }} settings
 * @returns {{ name: 'PARLEY_FILES' | 'PARLEY_FILES_KEY', words: string } | undefined} undefined: nothing
 */
export function filesFault({ PARLEY_FILES: place, PARLEY_FILES_KEY: key, PARLEY_FILES_SECRET: secret }) {
  if (!place || place.startsWith('/')) return undefined;
  // No encoding in names, so that the signed path and a listed name are the ones in the setting.
  if (!/^https?:\/\/[^/?#@]+(\/[A-Za-z0-9._-]+)+\/?$/.test(place))
    return {
      name: 'PARLEY_FILES',
      words:
        'must be a folder, as an absolute path, or a bucket, as https://s3.example.org/bucket with a path behind it or without',
    };
  if (!key || !secret)
    return {
      name: 'PARLEY_FILES_KEY',
      words: 'and PARLEY_FILES_SECRET must be set: PARLEY_FILES is a bucket',
    };
  return undefined;
}
