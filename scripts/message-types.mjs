/**
 * Writes `languages/message-parameters.ts`, which types the parameters of `languages/en.json`: run
 * `node scripts/message-types.mjs` after changing the parameters of a message. tests/languages fails when it was
 * forgotten.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compile from 'icu-minify/compile';
import { root } from './paths.mjs';

const argumentTypes = { simple: 'string | number', select: 'string', number: 'number' };
/** Numbers that mark the kinds of compiled arguments (icu-minify's types.d.ts). */
const kinds = { select: 1, plural: 2, ordinal: 3, number: 4 };

/**
 * The names of a message's parameters, each with its type.
 * @param {string} message in ICU syntax
 * @returns {Map<string, string>}
 */
export function parametersOf(message) {
  const found = new Map();
  collect(compile(message), found);
  return found;
}

/** @returns {void} */
function collect(/** @type {unknown} */ nodes, /** @type {Map<string, string>} */ found) {
  if (!Array.isArray(nodes)) return;
  for (const node of nodes) {
    if (!Array.isArray(node)) continue;
    const [name, kind, options] = node;
    if (kind === undefined) {
      if (!found.has(name)) found.set(name, argumentTypes.simple);
    } else if (kind === kinds.select) found.set(name, argumentTypes.select);
    else if ([kinds.plural, kinds.ordinal, kinds.number].includes(kind))
      found.set(name, argumentTypes.number);
    else
      throw new Error(
        `The message uses a kind of argument that this project does not: ${JSON.stringify(node)}`,
      );
    if (options && typeof options === 'object') {
      for (const branch of Object.values(options)) collect(branch, found);
    }
  }
}

/**
 * The text of `languages/message-parameters.ts`.
 * @param {Record<string, Record<string, string>>} catalogue
 * @returns {string}
 */
export function messageTypes(catalogue) {
  const lines = Object.entries(catalogue).flatMap(([section, messages]) =>
    Object.entries(messages).flatMap(([name, message]) => {
      const parameters = [...parametersOf(message)].map(([key, type]) => `${key}: ${type}`);
      return parameters.length > 0 ? [`  '${section}.${name}': { ${parameters.join('; ')} };`] : [];
    }),
  );
  return [
    '/** The messages that have parameters; made from en.json by scripts/message-types.mjs. */',
    'export type MessageParameters = {',
    ...lines,
    '};',
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = readFileSync(join(root, 'languages/en.json'), 'utf8');
  writeFileSync(join(root, 'languages/message-parameters.ts'), messageTypes(JSON.parse(read)));
}
