import type { Route } from './define-route';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** Every route by its method and its address, with `[names]` of its parameters: `GET /api/calls/[callId]`. */
export type Routes = Readonly<Record<`${Method} /api/${string}`, Route>>;

type Address = { pattern: string; byMethod: Map<string, Route> };
type Found = Address & { params: Record<string, string> };

/** Addresses that begin alike, by their next segment. */
type Branch = {
  fixed: Map<string, Branch>;
  parameter: { name: string; branch: Branch } | null;
  address: Address | null;
};

/** Returns what finds the routes of a decodable path, or null. A fixed segment goes before a parameter. */
export function makeRouteFinder(routes: Routes): (path: string) => Found | null {
  const root = emptyBranch();
  for (const [name, route] of Object.entries(routes)) {
    const [method = '', pattern = ''] = name.split(' ');
    const branch = pattern.split('/').reduce(branchFor, root);
    branch.address ??= { pattern, byMethod: new Map() };
    branch.address.byMethod.set(method, route);
    // As on any server: the same without a body. Of a stream nothing would ever be read or closed.
    if (method === 'GET' && !route.guards.isStream) branch.address.byMethod.set('HEAD', route);
  }
  return (path) => findIn(root, path.split('/'), 0);
}

function findIn({ fixed, parameter, address }: Branch, segments: string[], at: number): Found | null {
  const segment = segments[at];
  if (segment === undefined) return address && { ...address, params: {} };
  const next = fixed.get(segment);
  const found = next ? findIn(next, segments, at + 1) : null;
  if (found || !parameter || segment === '') return found;
  const below = findIn(parameter.branch, segments, at + 1);
  if (below) below.params[parameter.name] = decodeURIComponent(segment);
  return below;
}

const emptyBranch = (): Branch => ({ fixed: new Map(), parameter: null, address: null });

function branchFor(branch: Branch, segment: string): Branch {
  const name = /^\[(\w+)\]$/.exec(segment)?.[1];
  if (name) {
    branch.parameter ??= { name, branch: emptyBranch() };
    return branch.parameter.branch;
  }
  const next = branch.fixed.get(segment) ?? emptyBranch();
  branch.fixed.set(segment, next);
  return next;
}
