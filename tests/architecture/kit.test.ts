import { describe, expect, test } from 'vitest';
import { privateNames, publicNames, reactIn } from './kit-surface';
import { parse, readSourceFiles, type SourceFile } from './source-files';

const files = readSourceFiles();
const fileAt = (path: string): SourceFile => {
  const found = files.find((file) => file.path === path);
  if (!found) throw new Error(`there is no ${path}`);
  return found;
};
const open = publicNames(fileAt('lib/call-ui/index.ts'));
const prefabs = files.filter((file) => file.path.startsWith('lib/call-ui/prefabs/'));

describe('the prefabs use nothing private', () => {
  test('what they import from the kit is exported by its index', () => {
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
    const type = parse('lib/call-ui/client.ts', "import type { CallPhase } from './slots';");
    expect(reactIn(near, files)).toHaveLength(1);
    expect(reactIn(far, files)).not.toEqual([]);
    expect(reactIn(type, files)).toEqual([]);
  });
});
