import { describe, expect, test } from 'vitest';
import { findBreaches, rules } from './rules';
import { parse, readSourceFiles } from './source-files';

const files = readSourceFiles();

describe('the house', () => {
  test.each(rules)('$name', (rule) => {
    expect(findBreaches(files, rule)).toEqual([]);
  });

  test('was really looked at', () => {
    expect(files.length).toBeGreaterThan(50);
    const calls = files.find((file) => file.path === 'lib/calls/save-call.ts');
    expect(calls?.imports.some((one) => one.target === 'db/schema')).toBe(true);
  });
});

/** One file per rule that breaks it, so that a rule which sees nothing is noticed. */
const planted: [path: string, text: string][] = [
  ['app/(community)/a.tsx', "import { z } from 'zod';"],
  ['lib/users/a.ts', "import 'server-only';\nimport { x } from '@/lib/calls/commands/start-call';"],
  ['lib/users/a.ts', "import 'server-only';\nimport {\n  x,\n} from '../conversations/read';"],
  ['lib/calls/a.ts', "import 'server-only';\nimport { x } from '@/lib/media/livekit-media-server';"],
  ['lib/call-ui/a.ts', "import { x } from '@/lib/errors';"],
  ['lib/users/a.ts', "import 'server-only';\nimport { x } from '../protocol/views';"],
  ['app/a.tsx', "import { x } from '@/lib/call-ui/controller/kit';"],
  ['lib/call-ui/a.ts', 'const a = z.object({});'],
  ['lib/call-ui/a.ts', "const load = () => import('@/lib/calls/commands/start-call');"],
  ['db/a.ts', "import 'server-only';\nimport { makeId } from '@/lib/ids';"],
  ['lib/clock.ts', "import { x } from './calls/start-call';"],
  ['app/a.tsx', "import { calls } from '@/db/schema';"],
  ['app/a.tsx', "export { x } from '@/tests/support/fake-media-server';"],
  ['app/a.tsx', "import { eq } from 'drizzle-orm';"],
  ['lib/users/a.ts', "import 'server-only';\nimport { alias } from 'drizzle-orm/sqlite-core';"],
  ['lib/calls/a.ts', "import 'server-only';\nimport Database from 'better-sqlite3';"],
  ['lib/calls/a.ts', "import 'server-only';\nimport { AccessToken } from 'livekit-server-sdk';"],
  ['lib/calls/a.ts', "import 'server-only';\nimport webpush from 'web-push';"],
  ['app/a.tsx', "import type { Room } from 'livekit-client';"],
  ['lib/call-ui/hooks/a.ts', "import { Room } from 'livekit-client';"],
  ['app/call-ui.config.tsx', "import { TrackToggle } from '@livekit/components-react';"],
  ['lib/call-ui/prefabs/a.tsx', "import { VideoTrack } from '@livekit/components-react';"],
  ['lib/call-ui/provider.tsx', "import { LiveKitRoomScope } from './components/livekit-room-scope';"],
  ['lib/call-ui/a.tsx', "import Link from 'next/link';"],
  ['lib/protocol/a.ts', "import { useState } from 'react';"],
  ['lib/calls/a.ts', "import 'server-only';\nimport { applyInTransaction } from './apply-trigger';"],
  ['lib/call-ui/controller/a.ts', "import { createStateStore } from './state-store';"],
  ['lib/call-ui/controller/owners/a.ts', "import { firstRings } from './rings';"],
  ['lib/calls/model/transition.ts', "import { eq } from 'drizzle-orm';"],
  ['app/a.tsx', 'const x = process.env.HOME;'],
  ['lib/users/a.ts', "import { x } from '@/db/store';\nimport 'server-only';"],
  ['app/a.tsx', '<form onSubmit={send}><input type="password" /></form>;'],
  ['app/(community)/a.ts', 'const id = crypto.randomUUID();'],
  ['lib/calls/a.ts', "import 'server-only';\nawait tx.update(calls).set({});"],
  ['lib/calls/a.ts', "import 'server-only';\nf();\n  tx.update(users).set({});"],
  [
    'lib/users/a.ts',
    "import 'server-only';\nawait deps.transaction(async (tx) => {\n  await write(tx);\n});",
  ],
  ['lib/users/a.ts', "import 'server-only';\nasync () => {\n  tx\n    .delete(blocks);\n}"],
  ['app/a.tsx', 'x;\n'.repeat(401)],
  ['lib/users/utils.ts', "import 'server-only';"],
  ['app/_ui/common/a.tsx', ''],
  ['lib/media/room-manager.ts', "import 'server-only';"],
  ['lib/call-ui/a.tsx', "import { Mic } from 'lucide-react';"],
  ['lib/call-ui/a.tsx', 'const hangUp = () => {};'],
  ['app/a.tsx', '<button>Reject</button>'],
  ['lib/calls/a.ts', "import 'server-only';\nconst sessionId = 1;"],
  ['lib/users/a.ts', "import 'server-only';\nasync function f(deps: Deps) {}"],
  ['app/api/things/route.ts', 'export const GET = defineRoute({});'],
];

describe('a breach is found', () => {
  test.each(planted)('%s (case %#)', (path, text) => {
    const found = rules.flatMap((rule) => findBreaches([parse(path, text)], rule));
    expect(found).not.toEqual([]);
    expect(found[0]).toContain(path);
  });

  test('and together the planted breaches break every rule', () => {
    const broken = rules.filter(
      (rule) =>
        findBreaches(
          planted.map(([path, text]) => parse(path, text)),
          rule,
        ).length > 0,
    );
    expect(broken.map((rule) => rule.name)).toEqual(rules.map((rule) => rule.name));
  });
});

test('types, comments and awaited queries are no breach', () => {
  const fine = parse(
    'lib/calls/a.ts',
    `import 'server-only';
import type { CallDeps, Deps } from '@/lib/deps';
const f = (deps: CallDeps, { clock }: Pick<Deps, 'clock'>) => clock;
import { type MediaServer } from '@/lib/media/media-server';
// import { x } from 'livekit-server-sdk';
/* process.env */
const rows = await
  tx.select().from(calls);
await tx.insert(messages).values([]);
const [row] = await q
  .select()
  .from(calls);`,
  );
  expect(rules.flatMap((rule) => findBreaches([fine], rule))).toEqual([]);
});
