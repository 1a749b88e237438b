import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What `paths` of tsconfig.json says, for Vite: the packages of this repository by their sources. */
export const sourceAliases = [
  { find: /^@\//, replacement: root },
  { find: /^@parley\/call-protocol$/, replacement: `${root}lib/protocol/index.ts` },
  { find: /^@parley\/call-kit$/, replacement: `${root}lib/call-ui/index.ts` },
  { find: /^@parley\/call-kit\/(.+)$/, replacement: `${root}lib/call-ui/$1.ts` },
];
