import { createHash } from 'node:crypto';
import { FilesUnavailable } from './files-unavailable.mjs';

/** For one request with its repetitions: a person waits for it. */
const timeoutMs = 10_000;
const retries = 2;

/**
 * Files in a bucket of an S3-compatible server, addressed by path (`https://server/bucket/key`), which all of them
 * understand. The client that signs requests is loaded with the first one.
 * @param {{ address: string, key: string, secret: string, region: string, pageSize?: number }} bucket address: of the
 *   bucket, with a path in it or without; pageSize: of lists, 1,000 by default, which is the most that servers return
 * @returns {import('./files.mjs').Files}
 */
export function bucketFiles({ address, key, secret, region, pageSize = 1000 }) {
  const { origin, pathname } = new URL(address);
  const [bucket = '', ...path] = pathname.split('/').filter(Boolean);
  const root = `${origin}/${bucket}`;
  const keyOf = (/** @type {string} */ name) => [...path, name].join('/');
  /** @type {Promise<import('aws4fetch').AwsClient> | undefined} */
  let client;
  const load = async () => {
    const { AwsClient } = await import('aws4fetch');
    return new AwsClient({ accessKeyId: key, secretAccessKey: secret, service: 's3', region, retries });
  };

  /** Returns the response when it is fine, or null when the key does not exist. */
  async function ask(
    /** @type {string} */ method,
    /** @type {string} */ url,
    /** @type {Uint8Array<ArrayBuffer> | null} */ body = null,
  ) {
    client ??= load();
    const aws = await client;
    // Signed with what is sent, so that bytes that were changed on their way are refused.
    const headers = {
      'x-amz-content-sha256': createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
    };
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await aws
      .fetch(url, { method, headers, body, signal, redirect: 'manual' })
      .catch((error) => {
        const why =
          error.name === 'TimeoutError'
            ? `within ${timeoutMs / 1000} s`
            : (error.cause?.code ?? error.message);
        throw new FilesUnavailable(`no S3 server answers at ${origin} (${why})`, error);
      });
    if (answer.ok) return answer;
    const said = await answer.text().catch(() => '');
    const code = textsOf(said, 'Code')[0] ?? '';
    if (code === 'NoSuchKey') return null;
    throw new FilesUnavailable(refusal(code, answer.status, textsOf(said, 'Message')[0]));
  }

  function refusal(
    /** @type {string} */ code,
    /** @type {number} */ status,
    /** @type {string | undefined} */ message,
  ) {
    if (code === 'NoSuchBucket') return `there is no bucket ${bucket} at ${origin}`;
    if (code === 'RequestTimeTooSkewed') return `the clocks of ${origin} and of this machine differ too much`;
    if (code === 'InvalidAccessKeyId' || code === 'SignatureDoesNotMatch')
      return `${origin} refuses PARLEY_FILES_KEY and PARLEY_FILES_SECRET`;
    if (code === 'AccessDenied')
      return `${origin} does not let PARLEY_FILES_KEY do this in ${bucket}: it must be allowed to list, read, write and delete`;
    return `${origin} answers ${[status, code, message].filter(Boolean).join(' ')} for the bucket ${bucket}`;
  }

  return {
    async put(name, bytes) {
      await ask('PUT', `${root}/${keyOf(name)}`, new Uint8Array(bytes));
    },
    async read(name) {
      const answer = await ask('GET', `${root}/${keyOf(name)}`);
      if (!answer) return null;
      return new Uint8Array(
        await answer.arrayBuffer().catch((error) => {
          throw new FilesUnavailable(`a file from ${origin} broke off`, error);
        }),
      );
    },
    async remove(name) {
      await ask('DELETE', `${root}/${keyOf(name)}`);
    },
    async list(folder) {
      const names = [];
      const prefix = keyOf(`${folder}/`);
      const query = new URLSearchParams({ 'list-type': '2', prefix, 'max-keys': String(pageSize) });
      for (let isMore = true; isMore; ) {
        const said = await (await ask('GET', `${root}?${query}`))?.text();
        const [next] = textsOf(said ?? '', 'NextContinuationToken');
        names.push(
          ...textsOf(said ?? '', 'Key').map((found) => found.slice(prefix.length - folder.length - 1)),
        );
        if (next) query.set('continuation-token', next);
        isMore = next !== undefined;
      }
      return names;
    },
    async check() {
      // That there is no such key is fine: the server has looked. A list would cost ten times as much.
      await ask('GET', `${root}/${keyOf('is-it-there')}`);
      return `the bucket ${bucket} at ${origin}`;
    },
  };
}

/** What stands in the elements of this name in a server's XML. */
function textsOf(/** @type {string} */ xml, /** @type {string} */ element) {
  const found = xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'));
  return [...found].map(([, text = '']) =>
    text.replace(
      /&(amp|lt|gt|quot|apos);/g,
      (_, name) => entities[/** @type {keyof typeof entities} */ (name)],
    ),
  );
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
