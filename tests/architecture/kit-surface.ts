import type { SourceFile } from './source-files';

/** The names in `{ a, type B, c as d }`: what is imported, or what is exported under which name. */
function namesIn(clause: string, side: 'first' | 'last'): string[] {
  return clause
    .split(',')
    .map((part) => part.trim().replace(/^type\s+/, ''))
    .filter(Boolean)
    .map((part) => part.split(/\s+as\s+/).at(side === 'first' ? 0 : -1) ?? part);
}

/** Every name that an index file exports by listing it. */
export function publicNames(index: SourceFile): string[] {
  return [...index.text.matchAll(/export\s+(?:type\s+)?\{([^}]*)\}/g)].flatMap(([, clause = '']) =>
    namesIn(clause, 'last'),
  );
}

/** What a prefab takes from the kit beyond its public names; its own files and styles are its own. */
export function privateNames({ path, text }: SourceFile, open: readonly string[]): string[] {
  const imports = text.matchAll(/import\s+(type\s+)?([^'"]*?)\s+from\s+'(\.\.\/(?!\.\.\/)[^']+)'/g);
  return [...imports].flatMap(([, type, clause = '']) => {
    if (type) return [];
    const named = /\{([^}]*)\}/.exec(clause)?.[1];
    const names = named === undefined ? [clause] : namesIn(named.replace(/\btype\s+\w+/g, ''), 'first');
    return names.filter((name) => !open.includes(name)).map((name) => `${path}: ${name}`);
  });
}

/** Each import that leads from a file to React, followed through files of ours. */
export function reactIn(file: SourceFile, files: readonly SourceFile[], seen = new Set<string>()): string[] {
  return file.imports.flatMap(({ target, isTypeOnly }) => {
    if (isTypeOnly) return [];
    if (/^(react|react-dom|lucide-react|@base-ui\/react)(\/|$)/.test(target))
      return [`${file.path}: ${target}`];
    const next = files.find(({ path }) =>
      [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].includes(path),
    );
    if (!next || seen.has(next.path)) return [];
    seen.add(next.path);
    return reactIn(next, files, seen);
  });
}

/** What an index lists, with the file it comes from; `export type *` means every type that file exports. */
function listed(index: SourceFile, files: readonly SourceFile[]) {
  const folder = index.path.slice(0, index.path.lastIndexOf('/'));
  const fileOf = (specifier: string) => {
    const target = `${folder}/${specifier.replace('./', '')}`;
    return files.find(({ path }) => [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].includes(path));
  };
  const named = [...index.text.matchAll(/export\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'([^']+)'/g)];
  const starred = [...index.text.matchAll(/export\s+(?:type\s+)?\*\s+from\s+'([^']+)'/g)];
  return [
    ...named.flatMap(([, clause = '', from = '']) =>
      namesIn(clause, 'first').map((name) => ({ name, file: fileOf(from) })),
    ),
    ...starred.flatMap(([, from = '']) => {
      const file = fileOf(from);
      return [...(file?.text.matchAll(/^export type (\w+)/gm) ?? [])].map(([, name = '']) => ({
        name,
        file,
      }));
    }),
  ];
}

/**
 * A type whose example stands elsewhere: properties with their component, what a hook returns with the hook. The name of
 * some words or of another type's part needs none.
 */
function isPlainType(name: string, { text }: SourceFile): boolean {
  if (name.endsWith('Props')) return true;
  if (new RegExp(`function use\\w+\\([^]*?\\): ${name}\\b`).test(text)) return true;
  const [, declared = ''] = new RegExp(`export type ${name} =([^;]*);`).exec(text) ?? [];
  return !/[{}<]|=>/.test(declared);
}

/** Exports of an index without a comment in the file that declares them, or without the `@example` they need. */
export function missingWords(index: SourceFile, files: readonly SourceFile[]): string[] {
  return listed(index, files).flatMap(({ name, file }) => {
    const deeper = file?.path.endsWith('/index.ts')
      ? listed(file, files).find((one) => one.name === name)
      : null;
    const from = deeper?.file ?? file;
    const declared = new RegExp(
      `(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\s*\\n)?export (?:async )?(function|const|class|type) ${name}\\b`,
    ).exec(from?.raw ?? '');
    if (!declared) return [`${name}: not declared where the index says`];
    const [, comment = '', kind] = declared;
    if (!/[a-z]{2}/i.test(comment)) return [`${name}: no comment`];
    const needsNone = kind === 'type' && from && isPlainType(name, from);
    return needsNone || comment.includes('@example') ? [] : [`${name}: no @example`];
  });
}
