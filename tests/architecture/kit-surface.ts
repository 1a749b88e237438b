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
