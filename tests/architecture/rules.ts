import { packageEntries } from '@/scripts/package-entries.mjs';
import type { Import, SourceFile } from './source-files';

type Rule = { name: string; breaches(file: SourceFile): string[] };
/** The room a file of ours is in: 'db', 'app', 'lib/calls'; files right under lib are 'lib'. */
function roomOf(path: string): string {
  const [first = '', second = '', third] = path.split('/');
  if (first !== 'lib') return first;
  return third === undefined && !rooms.has(`lib/${second}`) ? 'lib' : `lib/${second}`;
}

/** docs/architecture.md, "Who may import whom". Every room may also import itself, protocol and the base files. */
export const mayImport = {
  db: [],
  languages: [],
  'lib/users': ['db'],
  'lib/realtime': ['db'],
  'lib/conversations': ['lib/push', 'lib/users', 'lib/realtime', 'db'],
  'lib/push': ['languages', 'db'],
  'lib/calls': ['lib/conversations', 'lib/push', 'lib/users', 'lib/realtime', 'db'],
  // Everything operators do; suspending a user changes data of every room.
  'lib/operator': ['lib/auth', 'lib/calls', 'lib/conversations', 'lib/users', 'lib/realtime', 'db'],
  'lib/servers': ['lib/realtime', 'db'],
  'lib/media': [],
  'lib/files': [],
  'lib/http': ['languages'],
  // docs/architecture.md: sign-ins are rows of its own, and its fence lets the ORM in here. Devices end with them.
  'lib/auth': ['lib/push', 'lib/users', 'db'],
  // What the API does: every room's commands behind the wrapper of http.
  'lib/routes': [
    'lib/auth',
    'lib/calls',
    'lib/conversations',
    'lib/http',
    'lib/media',
    'lib/operator',
    'lib/push',
    'lib/realtime',
    'lib/users',
    'languages',
  ],
  'lib/protocol': [],
  'lib/call-ui': [],
} satisfies Record<string, string[]>;

/** Single doors beyond that table, each for one reason; a new one is a decision, not a convenience. */
const doors: Record<string, string[]> = {
  // The one place that knows what each failure means to a client.
  'lib/http/problem.ts': ['db/store-errors', 'lib/media/media-server', 'lib/files/files-unavailable'],
  // Passwords are where guessing has to be counted, by account and by address.
  'lib/auth/sign-in.ts': ['lib/http/rate-limit', 'lib/http/client-address'],
  'lib/auth/change-password.ts': ['lib/http/rate-limit'],
  'lib/push/public-address.ts': ['lib/http/ip-address'],
};
const rooms = new Map<string, string[]>(Object.entries(mayImport));
/** Packages of their own: what other rooms see of them is what `exports` in their package.json names. */
const packageRooms = new Set(['lib/protocol', 'lib/call-ui']);
const entriesForUs = (['protocol', 'call-ui'] as const).flatMap((room) =>
  packageEntries(room)
    .filter((name) => name !== 'testing')
    .map((name) => `lib/${room}/${name}`),
);
const isOurs = (target: string) =>
  /^(app|db|languages|lib|scripts|tests)(\/|$)/.test(target) || target === 'proxy';
const isProduct = (path: string) => /^(app|db|languages|lib)\//.test(path);
const isPackage = (target: string, names: string[]) =>
  names.some((name) => target === name || target.startsWith(`${name}/`));

const fences: Record<string, string> = { 'livekit-server-sdk': 'lib/media', 'web-push': 'lib/push' };
const importRules: { name: string; forbids(file: SourceFile, one: Import): boolean }[] = [
  {
    name: 'a room imports only the rooms that docs/architecture.md allows it',
    forbids({ path }, { target, isTypeOnly }) {
      const from = roomOf(path);
      const allowed = rooms.get(from);
      if (!allowed || !isOurs(target)) return false;
      const to = roomOf(target);
      if (to === from || allowed.includes(to) || doors[path]?.includes(target)) return false;
      if (to === 'lib/protocol') return from === 'db' && !isTypeOnly;
      if (from === 'db') return !(isTypeOnly && target === 'lib/ids');
      if (to === 'lib') return packageRooms.has(from);
      // Calls know the port to the media server, not LiveKit behind it.
      return !(from === 'lib/calls' && target === 'lib/media/media-server');
    },
  },
  {
    name: 'only lib/composition-root.ts may import the server rooms from the base files',
    forbids: ({ path }, { target, isTypeOnly }) =>
      roomOf(path) === 'lib' &&
      path !== 'lib/composition-root.ts' &&
      !isTypeOnly &&
      isOurs(target) &&
      !['languages', 'lib', 'lib/protocol'].includes(roomOf(target)),
  },
  {
    name: 'app imports lib, never db',
    forbids: ({ path }, { target }) => path.startsWith('app/') && roomOf(target) === 'db',
  },
  {
    name: 'the product imports neither scripts nor tests',
    forbids: ({ path }, { target }) => isProduct(path) && /^(scripts|tests)\//.test(target),
  },
  {
    name: 'only the ORM is used outside db, without what belongs to one database, and only in server rooms',
    forbids: ({ path }, { target }) =>
      isProduct(path) &&
      ((isPackage(target, ['drizzle-orm']) &&
        !['db', ...(target === 'drizzle-orm' ? databaseRooms : [])].includes(roomOf(path))) ||
        (isPackage(target, ['better-sqlite3', 'pg']) && roomOf(path) !== 'db')),
  },
  {
    name: 'livekit-server-sdk stays in lib/media, and web-push in lib/push, which dials by itself',
    forbids: ({ path }, { target }) => isProduct(path) && (fences[target] ?? roomOf(path)) !== roomOf(path),
  },
  {
    name: 'livekit-client is loaded in lib/call-ui/media and in slots of the app; the kit knows its types elsewhere',
    forbids: ({ path }, { target, isTypeOnly }) =>
      isProduct(path) &&
      isPackage(target, ['livekit-client']) &&
      !isSlotFile(path) &&
      !path.startsWith('lib/call-ui/media/') &&
      !(isTypeOnly && roomOf(path) === 'lib/call-ui'),
  },
  {
    name: 'components-react stays in the kit’s entry for it and in slots of the app',
    forbids: ({ path }, { target }) =>
      isProduct(path) &&
      (isPackage(target, ['@livekit/components-core']) ||
        (isPackage(target, ['@livekit/components-react']) &&
          !isSlotFile(path) &&
          !liveKitParts.some((part) => path.startsWith(`${part}.`)))),
  },
  {
    name: 'next stays in app, lib/auth and lib/http',
    forbids: ({ path }, { target }) =>
      isProduct(path) &&
      isPackage(target, ['next', 'next-auth']) &&
      !['app', 'lib/auth', 'lib/http'].includes(roomOf(path)),
  },
  {
    name: 'call-ui and protocol are imported by the names of their packages',
    forbids: ({ path }, { target }) =>
      isProduct(path) &&
      packageRooms.has(roomOf(target)) &&
      roomOf(target) !== roomOf(path) &&
      !entriesForUs.includes(target),
  },
  {
    name: 'what a browser loads imports zod/mini: the whole of zod is 11 KB more for every page',
    forbids: ({ path }, { target }) =>
      target === 'zod' &&
      (['lib/call-ui', 'lib/protocol'].includes(roomOf(path)) ||
        (roomOf(path) === 'app' && !path.startsWith('app/api/'))),
  },
  {
    name: 'lib/protocol imports zod/mini only, lib/call-ui only its named packages',
    forbids: ({ path }, { target }) =>
      !isOurs(target) &&
      ((roomOf(path) === 'lib/protocol' && target !== 'zod/mini') ||
        (roomOf(path) === 'lib/call-ui' &&
          !/\.module\.css$/.test(target) &&
          !isPackage(target, kitPackages))),
  },
  {
    name: 'only the unit of work applies triggers and publishes changes, so that nothing is forgotten after a commit',
    forbids: ({ path }, { target, isTypeOnly }) =>
      !isTypeOnly &&
      path !== 'lib/calls/unit-of-work.ts' &&
      ['lib/calls/apply-trigger', 'lib/calls/publish-changes'].includes(target),
  },
  {
    name: 'only create-kit.ts makes the owners of the call kit’s state and hands them what they write',
    forbids: ({ path }, { target, isTypeOnly }) =>
      !isTypeOnly &&
      target === 'lib/call-ui/controller/state-store' &&
      path.startsWith('lib/') &&
      path !== 'lib/call-ui/controller/create-kit.ts',
  },
  {
    name: 'an owner of the call kit’s state knows no other owner’s values, and nothing that uses it',
    forbids: ({ path }, { target, isTypeOnly }) =>
      path.startsWith('lib/call-ui/controller/owners/') &&
      target.startsWith('lib/call-ui/controller/') &&
      !isTypeOnly,
  },
  {
    name: 'a pure file imports types, zod and pure files',
    forbids: ({ path }, { target, isTypeOnly }) =>
      isPure(path) && !isTypeOnly && target !== 'zod/mini' && !isPure(`${target}.ts`),
  },
];

const databaseRooms = Object.entries(mayImport).flatMap(([room, others]: [string, string[]]) =>
  others.includes('db') && room !== 'lib/routes' ? [room] : [],
);
const kitPackages = [
  'react',
  'react-dom',
  'livekit-client',
  '@livekit/components-react',
  'lucide-react',
  '@sapphi-red/web-noise-suppressor',
  '@livekit/track-processors',
  '@mediapipe/tasks-vision',
  '@base-ui/react',
  'zod',
];
/** Files of the kit that load LiveKit's own components. */
const liveKitParts = [
  'lib/call-ui/components/livekit-room-scope',
  'lib/call-ui/components/room-context',
  'lib/call-ui/hooks/use-livekit-room',
];
/** What `app/call-ui.config.tsx` loads with `import()` to draw a slot; itself it is part of every page. */
const isSlotFile = (path: string) => /^app\/call-ui\.(?!config\.)[\w-]+\.tsx$/.test(path);
const isPure = (path: string) =>
  path.startsWith('lib/calls/model/') || path.startsWith('lib/protocol/') || path === 'lib/protocol.ts';
/** Base files that run anywhere. */
const pureBase = ['lib/ids.ts', 'lib/errors.ts', 'lib/clock.ts', 'lib/viewer.ts'];
const isPureImport = ({ target, isTypeOnly }: Import) =>
  isTypeOnly ||
  target.startsWith('languages/') ||
  isPackage(target, ['zod']) ||
  isPure(`${target}.ts`) ||
  pureBase.includes(`${target}.ts`);
const forbiddenNames =
  /(^|\/)(utils?|helpers?|common|services?|misc|[^/]*-?(manager|service))(\.[a-z.]+)?(\/|$)/i;
const callWriter = 'lib/calls/save-call.ts';
/** Transactions that decide by nothing that another one changes, and why. */
const withoutLocks = new Set([
  // Rows that ended long ago.
  'lib/operator/prune-records.ts',
  // At a start, from names that only the person's own changes write anew.
  'lib/users/find-people.ts',
]);
/** next-auth reads Next's own request. */
const routesOfNext = ['app/api/auth/[...nextauth]/route.ts'];

const fileRules: Rule[] = [
  {
    name: 'process.env is read in lib/env.ts, and for the choice of the tables in db/dialect.ts, only',
    breaches: ({ path, text }) =>
      (isProduct(path) || path === 'proxy.ts') &&
      !['lib/env.ts', 'db/dialect.ts'].includes(path) &&
      /\bprocess\.env\b/.test(text)
        ? ['reads process.env']
        : [],
  },
  {
    name: "server files that are not pure begin with import 'server-only'",
    breaches({ path, text, imports }) {
      const isServer =
        path.startsWith('db/') || (path.startsWith('lib/') && !path.startsWith('lib/call-ui/'));
      // Plain JavaScript runs outside the app, too, where nothing answers to 'server-only'.
      const isExempt = isDeclarative(path) || pureBase.includes(path) || path.endsWith('.mjs');
      if (!isServer || isExempt || /^\s*import 'server-only';/.test(text)) return [];
      return imports.filter((one) => !isPureImport(one)).map(({ target }) => `imports ${target} without it`);
    },
  },
  {
    name: 'nothing in a browser uses crypto.randomUUID, which plain http lacks (makeClientId does not)',
    breaches: ({ path, text }) =>
      /^(app\/(?!api\/)|lib\/call-ui\/)/.test(path) && /\brandomUUID\b/.test(text) ? ['uses it'] : [],
  },
  {
    name: 'a schema that a browser makes compiles no code: object() and interpreted() of the protocol',
    breaches: ({ path, text }) =>
      /^(app\/(?!api\/)|lib\/call-ui\/|lib\/protocol\/(?!object\.ts))/.test(path)
        ? [
            ...text.matchAll(
              /(?<!interpreted\(\(\) =>\s*\w*)(\bz\s*\.(object|looseObject|strictObject)|\.extend)\(/g,
            ),
          ].map(([hit]) => hit)
        : [],
  },
  {
    name: 'what loads components-react is loaded by import(), so that no page begins with it',
    breaches({ path, text, imports }) {
      if (!isProduct(path) || isSlotFile(path) || path === 'lib/call-ui/livekit.ts') return [];
      const parts = [...liveKitParts, 'lib/call-ui/livekit'];
      return imports
        .filter(({ target, isTypeOnly }) => !isTypeOnly && parts.includes(target))
        .map(({ target }) => target.slice(target.lastIndexOf('/') + 1))
        .filter((name) => new RegExp(`\\bfrom\\s*'[^']*/${name}'`).test(text))
        .map((name) => `imports ${name}`);
    },
  },
  {
    name: 'the kit takes each icon by its own path: a development server would load two thousand from the list',
    breaches: ({ path, imports }) =>
      path.startsWith('lib/call-ui/') &&
      imports.some(({ target, isTypeOnly }) => target === 'lucide-react' && !isTypeOnly)
        ? ['imports lucide-react as a whole']
        : [],
  },
  {
    name: 'a form posts: sent before the page is ready, its fields must not end in the address',
    breaches: ({ path, text }) =>
      path.startsWith('app/') && count(text, '<form') !== count(text, 'method="post"')
        ? ['lacks method']
        : [],
  },
  {
    name: 'only save-call.ts writes calls, rings and participations',
    breaches: ({ path, text }) =>
      isProduct(path) && path !== callWriter
        ? [...text.matchAll(/\.(insert|update|delete)\(\s*(calls|rings|participations)\s*\)/g)].map(
            ([hit]) => hit,
          )
        : [],
  },
  {
    name: 'a transaction locks what it touches before it does anything else (decision 056)',
    breaches: ({ path, text }) =>
      /^(db|lib(?!\/(lease\.ts|servers\/)))\//.test(path) && !withoutLocks.has(path)
        ? [...text.matchAll(/\.transaction\((?!async \(tx\) => \{\s*await lockRows\(tx, )/g)].map(
            ([hit]) => hit,
          )
        : [],
  },
  {
    name: 'no statement begins with tx. or db. (a query without await never runs)',
    breaches: ({ path, text }) =>
      isProduct(path) || path.startsWith('tests/')
        ? [...text.matchAll(forgottenAwait)].map(([hit]) => hit.trim())
        : [],
  },
  {
    name: 'no file has more than 400 lines',
    breaches({ raw }) {
      const lines = raw.trimEnd().split('\n').length;
      return lines > 400 ? [`${lines} lines`] : [];
    },
  },
  {
    name: 'no file or folder is a drawer (utils, helpers, common, services, misc, Manager, Service)',
    breaches: ({ path }) => (forbiddenNames.test(path) ? ['name it for what it does'] : []),
  },
  {
    name: 'nothing is called hang up, reject, meeting or peer; session is said of sign-ins only (docs/calls.md, "Words")',
    breaches({ path, text }) {
      if (!isProduct(path)) return [];
      // Names of the browser's and the database's own: a peer connection, the storage of a tab, the media keys of the system.
      const theirs =
        /\bfrom '[^']*'|\w*[pP]eerConnection\w*|sessionStorage\w*|\bnavigator\.mediaSession\b|\bMediaSessionAction\b|\bidle_in_transaction_session_timeout\b/g;
      const ours = text.replace(theirs, '');
      const isSignIn = path.startsWith('lib/auth/') || path === 'lib/routes/me.ts';
      // The other end of a connection is what HTTP calls it.
      const isHttp = path.startsWith('lib/http/');
      const words = [
        'hang[\\s_-]?[uU]p',
        'reject',
        'meeting',
        ...(isHttp ? [] : ['peer']),
        ...(isSignIn ? [] : ['session']),
      ];
      const found = new RegExp(`(?<![a-z])(${words.join('|')})|(${words.map(capital).join('|')})`, 'g');
      return [...ours.matchAll(found)].map(([hit]) => `says ${hit}`);
    },
  },
  {
    name: 'a room names what it needs of the dependencies (lib/deps.ts), never all of them',
    breaches({ path, text }) {
      if (!rooms.has(roomOf(path)) || !path.startsWith('lib/')) return [];
      const used = text.replace(/\bimport [^;]*;|Pick<(App)?Deps,|\bDeps\[/g, '');
      return /\b(App)?Deps\b/.test(used) ? ['takes all of them'] : [];
    },
  },
  {
    name: 'every route is in the registry (lib/routes), where its guards are, and none is Next’s but next-auth’s',
    breaches: ({ path }) =>
      /^app\/(.*\/)?route\.tsx?$/.test(path) && !routesOfNext.includes(path) ? ['is a route of Next'] : [],
  },
];

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
const count = (text: string, part: string) => text.split(part).length - 1;

/** At the start of a line, after the end of the statement or block before it. */
const forgottenAwait =
  /(?<=[;{}]\s*\n\s*|\)\s*=>\s*\{\s*)(tx|db|deps\.db)\s*\.\s*(select|insert|update|delete|with|\$count)\w*\(/g;
const isDeclarative = (path: string) =>
  /^db\/schema(\.\w+)*\.ts$/.test(path) || path === 'lib/media/media-server.ts';

export const rules: Rule[] = [
  ...importRules.map(({ name, forbids }) => ({
    name,
    breaches: (file: SourceFile) =>
      file.imports.filter((one) => forbids(file, one)).map(({ target }) => `imports ${target}`),
  })),
  ...fileRules,
];

/** Every breach as a sentence that names the file and the rule. */
export function findBreaches(files: SourceFile[], rule: Rule): string[] {
  return files.flatMap((file) =>
    rule.breaches(file).map((what) => `${file.path}: ${what} (rule: ${rule.name})`),
  );
}
