import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitPictures } from './kit-pictures.mjs';
import { root } from './paths.mjs';

/**
 * One export as API Extractor reads it from the built types.
 * @typedef {object} Item
 * @property {string} kind
 * @property {string} name
 * @property {string} docComment
 * @property {{ text: string }[]} excerptTokens
 * @property {string} [fileUrlPath] the file of its types
 */

/** Each layer with its page; what an earlier one of the same package holds is not written again. */
const layers = [
  { folder: 'protocol', entry: 'index', page: 'protocol', title: '@parley/call-protocol' },
  { folder: 'call-ui', entry: 'headless', page: 'headless', title: '@parley/call-kit/headless' },
  { folder: 'call-ui', entry: 'index', page: 'components', title: '@parley/call-kit' },
  { folder: 'call-ui', entry: 'in-call', page: 'in-call', title: '@parley/call-kit/in-call' },
  { folder: 'call-ui', entry: 'livekit', page: 'livekit', title: '@parley/call-kit/livekit' },
  { folder: 'call-ui', entry: 'settings', page: 'settings', title: '@parley/call-kit/settings' },
  { folder: 'call-ui', entry: 'words', page: 'words', title: '@parley/call-kit/words' },
  { folder: 'call-ui', entry: 'testing', page: 'testing', title: '@parley/call-kit/testing' },
];

const isComponent = (/** @type {Item} */ { kind, name, excerptTokens }) =>
  kind !== 'TypeAlias' &&
  /^[A-Z]/.test(name) &&
  /JSX|Component|ReactNode/.test(excerptTokens.map(({ text }) => text).join(''));

/**
 * The sections of a page; an export stands in the first that it fits.
 * @type {[heading: string, isIn: (item: Item) => boolean][]}
 */
const groups = [
  ['Components', isComponent],
  ['Hooks', ({ name }) => /^use[A-Z]/.test(name)],
  ['Functions and values', (item) => item.kind !== 'TypeAlias' && !isComponent(item)],
  ['Types', () => true],
];

/** A longer declaration is a schema or a catalogue, which its source shows better. */
const mostLines = 60;

/**
 * The pages of `docs/kit` as the documentation in the built types says.
 * @returns {Record<string, string>} by the path of each file
 */
export function kitPages() {
  /** @type {Map<string, string>} */
  const pageOf = new Map();
  return Object.fromEntries(
    layers.map((layer) => [join(root, 'docs/kit', `${layer.page}.md`), pageText(layer, pageOf)]),
  );
}

/** Writes these pages. */
export function writeKitPages() {
  mkdirSync(join(root, 'docs/kit'), { recursive: true });
  for (const [file, text] of Object.entries(kitPages())) writeFileSync(file, text);
}

/** @returns {string} */
function pageText(
  /** @type {(typeof layers)[number]} */ { folder, entry, page, title },
  /** @type {Map<string, string>} */ pageOf,
) {
  const home = join(root, 'lib', folder);
  const model = JSON.parse(readFileSync(join(home, `dist/.api/${entry}.api.json`), 'utf8'));
  /** @type {Item[]} */
  const all = model.members[0].members;
  const known = all.filter(({ name }) => pageOf.has(`${folder} ${name}`));
  const own = all.filter((item) => !known.includes(item));
  for (const { name } of own) pageOf.set(`${folder} ${name}`, page);
  const also = [...new Set(known.map(({ name }) => pageOf.get(`${folder} ${name}`)))].map(
    (other) =>
      `Holds everything of [${layers.find((one) => one.page === other)?.title}](${other}.md) as well.\n`,
  );
  const sections = groups.flatMap(([heading, isIn]) => {
    const items = own.filter(isIn);
    own.splice(0, own.length, ...own.filter((item) => !items.includes(item)));
    return items.length === 0 ? [] : [`## ${heading}\n`, ...items.map((item) => itemText(item, home))];
  });
  const head = `# ${title}\n\nWritten from the source by \`npm run docs:kit\`. ${links(page)}\n`;
  return [head, ...also, ...sections].join('\n');
}

const links = (/** @type {string} */ current) =>
  layers.map(({ page, title }) => (page === current ? `**${title}**` : `[${title}](${page}.md)`)).join(' · ');

function itemText(/** @type {Item} */ item, /** @type {string} */ home) {
  const comment = item.docComment
    .replace(/^\/\*\*|\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n');
  const [about = '', ...tags] = comment.split(/^(?=@\w+)/m);
  const examples = tags
    .filter((tag) => tag.startsWith('@example'))
    .map((tag) => tag.replace('@example', '').trim());
  const others = tags
    .filter((tag) => !tag.startsWith('@example'))
    .map((tag) => `- ${tag.trim().replace(/^@(\w+)/, '`@$1`')}`);
  const declared = declarationOf(item, home).replaceAll('import("react").', '').trim();
  return [
    `### ${item.name}\n`,
    ...kitPictures
      .filter((picture) => picture.of === item.name)
      .map(({ name }) => `![${item.name}](pictures/${name}.png)\n`),
    about.trim() && `${about.trim()}\n`,
    others.length > 0 && `${others.join('\n')}\n`,
    ...examples.map((example) =>
      example.startsWith('```') ? `${example}\n` : `\`\`\`tsx\n${example}\n\`\`\`\n`,
    ),
    declared.split('\n').length <= mostLines && `\`\`\`ts\n${declared}\n\`\`\`\n`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** @returns {string} the declaration with what its properties say, which API Extractor leaves out */
function declarationOf(
  /** @type {Item} */ { name, excerptTokens, fileUrlPath = '' },
  /** @type {string} */ home,
) {
  const excerpt = excerptTokens.map(({ text }) => text).join('');
  const file = join(home, fileUrlPath);
  if (!fileUrlPath || !existsSync(file)) return excerpt;
  const source = readFileSync(file, 'utf8');
  const start = new RegExp(`^(export )?(declare )?(type|function|class|const) ${name}\\b`, 'm').exec(source);
  if (!start) return excerpt;
  const rest = source.slice(start.index);
  const end = /^\S.*[;}]$/m.exec(rest);
  return end ? rest.slice(0, end.index + end[0].length) : excerpt;
}
