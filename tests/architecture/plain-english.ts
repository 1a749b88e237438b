import type { SourceFile } from './source-files';

type Word = { name: string; instead: string; inText: RegExp; inName: RegExp };

/** The words that docs/glossary.md replaces, as they occur in sentences and inside identifiers. */
const dialect: Word[] = [
  {
    name: 'tell',
    instead: 'return, send, report, show, record or wake',
    inText: /\b(tells?|told|telling)\b/gi,
    inName: /^(tell|told|telling)(?![a-z])|(Tells?|Told|Telling)(?![a-z])/,
  },
  {
    name: 'somebody, nobody, whoever, one who',
    instead: 'the caller, the callee, the participant, the client, the operator',
    inText: /\b(somebody|nobody|anybody|everybody|whoever|whomever|one who)\b/gi,
    inName: /^(somebody|anybody|whoever)(?![a-z])|(Somebody|Nobody|Anybody|Whoever)(?![a-z])/,
  },
  {
    name: 'is here',
    instead: 'isPresent, isHydrated, isCurrent',
    inText: /\bis here\b/gi,
    inName: /[iI]s(Not)?Here(?![a-z])/,
  },
  {
    name: 'take back, let go, step down, go on',
    instead: 'cancel, release, resume',
    inText: /(?!)/g,
    inName: /^(takeBack|takesBack|letGo|stepDown|goOn)$|TakenBack/,
  },
  {
    name: 'comes to nothing, is over, is gone',
    instead: 'fails, has ended, was removed, has disconnected',
    inText: /\b(com(es?|ing) to nothing|(is|are|was|were) (over|gone))\b/gi,
    inName: /[cC]omesToNothing/,
  },
];

/** Words that a comment quotes are the screen's or the code's: `nobody`, "Nobody", **Nobody**. */
const quoted = /`[^`\n]*`|"[^"\n]*"|“[^”]*”|‘[^’]*’|\*\*[^*\n]+\*\*|\/[\w-]+(\/[\w-]+)+/g;

const commentsIn = (raw: string): string[] =>
  [...raw.matchAll(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/.*$/gm)].map(([comment]) =>
    comment.replace(/^\s*\/\**/, '').replace(quoted, ''),
  );

/** The titles of tests and steps: what `test`, `it`, `describe`, their `each` and the notes of a fault begin with. */
const titlesIn = (text: string): string[] =>
  [
    ...text.matchAll(
      /(?:\b(?:test|it|describe|did|within|waitFor)(?:\.\w+)*\(|\)\()\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g,
    ),
  ].map(([, , title = '']) => title.replace(quoted, ''));

/** Sentences of a page: without its code, its links' targets and what it quotes. */
const sentencesIn = (page: string): string =>
  page
    .replace(/```[\s\S]*?```|\]\([^)]*\)/g, '')
    .replace(quoted, '')
    .replace(/\s+/g, ' ');

/** Each word of the dialect in a Markdown page, with the plain one to use. */
export const dialectInPage = (path: string, page: string): string[] =>
  dialect.flatMap(({ instead, inText }) =>
    [...sentencesIn(page).matchAll(inText)].map(([word]) => `${path}: "${word}"; write: ${instead}`),
  );

/** Names that contain a capital, names that are declared, and the file's own name. */
function namesIn({ path, text }: SourceFile): string[] {
  const code = text.replace(/(['"])(?:\\.|(?!\1)[^\\\n])*\1/g, '');
  const mixed = [...code.matchAll(/[A-Za-z_$]*[a-z][A-Z]\w*/g)].map(([name]) => name);
  const declared = [...code.matchAll(/\b(?:function|const|let|class|type)\s+(\w+)|#(\w+)/g)];
  const file = path.split('/').at(-1)?.split('.')[0] ?? '';
  const asName = file.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [...mixed, ...declared.map(([, name, own]) => name ?? own ?? ''), asName];
}

/** Each word of the dialect in a file's comments, titles and names, with the plain one to use. */
export function dialectIn(file: SourceFile): string[] {
  const isTest = /^(tests\/|scripts\/mutants)/.test(file.path);
  const sentences = [...commentsIn(file.raw), ...(isTest ? titlesIn(file.text) : [])];
  const names = [...new Set(namesIn(file))];
  return dialect.flatMap(({ instead, inText, inName }) => {
    const said = sentences.flatMap((sentence) => [...sentence.matchAll(inText)].map(([word]) => word));
    const found = [...said, ...names.filter((name) => inName.test(name))];
    return found.map((word) => `${file.path}: "${word}"; write: ${instead}`);
  });
}
