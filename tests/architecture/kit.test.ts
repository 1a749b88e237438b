import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { packageEntries } from '@/scripts/package-entries.mjs';
import { missingWords, privateNames, publicNames, reactIn } from './kit-surface';
import { parse, readSourceFiles, type SourceFile } from './source-files';

const files = readSourceFiles();
const fileAt = (path: string): SourceFile => {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`there is no ${path}`);
  return found;
};
/** What the package names, and what two of its entries have in common. */
const entries = [...packageEntries('call-ui'), 'core'].map((name) => fileAt(`lib/call-ui/${name}.ts`));
/** How the kit splits its own code; an app leaves that to its bundler. */
const ownSplitting = ['useCallParts', 'RoomScope'];
const open = [...entries.flatMap(publicNames), ...ownSplitting];
const prefabs = files.filter((file) => file.path.startsWith('lib/call-ui/prefabs/'));

describe('the prefabs use nothing private', () => {
  test('what they import from the kit is exported by one of its entries', () => {
    expect(prefabs.length).toBeGreaterThan(4);
    expect(open).toContain('useCall');
    expect(prefabs.flatMap((file) => privateNames(file, open))).toEqual([]);
  });

  test('a private hook, and a whole module, would be found', () => {
    const path = 'lib/call-ui/prefabs/a.tsx';
    const found = (text: string) => privateNames(parse(path, text), open);
    expect(found("import { useKitState } from '../hooks/use-kit';")).toEqual([`${path}: useKitState`]);
    expect(found("import {\n  useCall,\n  useController as c,\n} from '../provider';")).toEqual([
      `${path}: useController`,
    ]);
    expect(found("import * as all from '../provider';")).toEqual([`${path}: * as all`]);
    expect(found("import { useCall } from '../hooks/use-call';\nimport css from './a.module.css';")).toEqual(
      [],
    );
  });
});

describe('protocol, client, events, store and phase know no React', () => {
  const withoutReact = files.filter((file) =>
    /^lib\/(protocol\/|call-ui\/(client|client-id|call-store|call-phase|call-event|events\/.*)(\.ts|$))/.test(
      file.path,
    ),
  );

  test('neither directly nor through what they import', () => {
    expect(withoutReact.length).toBeGreaterThan(12);
    expect(withoutReact.flatMap((file) => reactIn(file, files))).toEqual([]);
  });

  test('a way to React would be found', () => {
    const near = parse('lib/call-ui/client.ts', "import { useState } from 'react';");
    const far = parse('lib/call-ui/client.ts', "import { useCall } from './hooks/use-call';");
    const type = parse('lib/call-ui/client.ts', "import type { CallPhase } from './view-models';");
    expect(reactIn(near, files)).toHaveLength(1);
    expect(reactIn(far, files)).not.toEqual([]);
    expect(reactIn(type, files)).toEqual([]);
  });
});

test('headless reaches no component and no style sheet, except through what is loaded for a call', () => {
  const seen = new Set<string>();
  const visit = (file: SourceFile): string[] => {
    if (seen.has(file.path)) return [];
    seen.add(file.path);
    return file.imports.flatMap(({ target, isTypeOnly }) => {
      if (isTypeOnly) return [];
      if (target.endsWith('.css') || /^lib\/call-ui\/(components|prefabs)\//.test(target))
        return [`${file.path}: ${target}`];
      const next = files.find(({ path }) => [`${target}.ts`, `${target}.tsx`].includes(path));
      return next ? visit(next) : [];
    });
  };
  expect(visit(fileAt('lib/call-ui/headless.ts'))).toEqual([]);
  expect(seen.size).toBeGreaterThan(60);
});

describe('everything exported has words', () => {
  test('every value and every type with a shape of its own an example, every other type a sentence', () => {
    expect(entries.flatMap((entry) => missingWords(entry, files))).toEqual([]);
  });

  test('a missing comment, and a missing example, would be found', () => {
    const kit = parse('lib/x/index.ts', "export { a, type B, c } from './a';\nexport type * from './b';");
    const a = parse(
      'lib/x/a.ts',
      '/** Does it. */\nexport function a() {}\nexport type B = 1;\n/**\n * It.\n *\n * @example\n * c\n */\nexport const c = 1;',
    );
    const b = parse(
      'lib/x/b.ts',
      [
        '/** One. */\nexport type D = 1;\n',
        'export type E = 2;',
        '/** Two. */\nexport type F = { a: 1 };',
        '/** Three. */\nexport type GProps = { a: 1 };',
        '/** Four. */\nexport type H = { a: 1 };\nexport function useH(): H {}',
      ].join('\n'),
    );
    expect(missingWords(kit, [kit, a, b])).toEqual([
      'a: no @example',
      'B: no comment',
      'E: no comment',
      'F: no @example',
    ]);
  });
});

describe('custom properties', () => {
  const styles = readdirSync('lib/call-ui', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.module.css'))
    .map((path) => readFileSync(`lib/call-ui/${path}`, 'utf8'))
    .join('\n');
  const names = (text: string, prefix: string) =>
    [...new Set(text.match(new RegExp(`${prefix}[a-z0-9-]+`, 'g')))].sort();

  test('the README names all that the styles read', () => {
    const readme = readFileSync('lib/call-ui/README.md', 'utf8');
    expect(names(styles, '--call-').length).toBeGreaterThan(20);
    expect(names(readme, '--call-')).toEqual(names(styles, '--call-'));
  });

  test('a part reads its own, those of the app, and two that a popover sets', () => {
    const read = [...styles.matchAll(/var\(\s*(--[a-z0-9-]+)\s*([,)])/g)];
    expect(read.length).toBeGreaterThan(300);
    const popover = ['--available-height', '--transform-origin'];
    const foreign = read.map(([, name = '']) => name).filter((name) => !/^--(k|call)-/.test(name));
    expect(foreign.filter((name) => !popover.includes(name))).toEqual([]);
  });

  test('each of the app has a value without it', () => {
    const bare = [...styles.matchAll(/var\(\s*(--call-[a-z0-9-]+)\s*\)/g)];
    expect(bare.map(([, name]) => name)).toEqual([]);
  });

  test('Parley maps every one that its styles read, but for what only parts of a page know', () => {
    const tokens = readFileSync('app/tokens.css', 'utf8');
    const unset = names(styles, '--call-').filter((name) => !tokens.includes(`${name}:`));
    // Follows accent and text; lists set the size of their avatars, and the list of members its own width.
    expect(unset).toEqual(['--call-accent-text', '--call-avatar-size', '--call-inset-end']);
  });

  test('a part sets private ones only', () => {
    const set = [...styles.matchAll(/[{;]\s*(--[a-z0-9-]+)\s*:/g)].map(([, name]) => name ?? '');
    expect(set.length).toBeGreaterThan(30);
    expect(set.filter((name) => !name.startsWith('--k-'))).toEqual([]);
  });
});
