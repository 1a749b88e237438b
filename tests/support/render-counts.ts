/** The fields of React's fiber that React DevTools reads to find out whether a component rendered. */
type Fiber = {
  type: unknown;
  flags: number;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
};

/** React's flag `PerformedWork`: the component's function ran for this commit. */
const performedWork = 1;

declare global {
  var renderCounts: { isCounting: boolean; byName: Map<string, number> } | undefined;
}
// React keeps the first hook that it finds for as long as the worker lives; this module is loaded for each file.
globalThis.renderCounts ??= { isCounting: false, byName: new Map() };
const counts = globalThis.renderCounts;

function count(fiber: Fiber): void {
  if (typeof fiber.type === 'function')
    counts.byName.set(fiber.type.name, (counts.byName.get(fiber.type.name) ?? 0) + 1);
}

function visit(next: Fiber, before: Fiber | null): void {
  if (before === null || (next.flags & performedWork) !== 0) count(next);
  if (before !== null && next.child === before.child) return;
  for (let child = next.child; child; child = child.sibling) visit(child, child.alternate);
}

/** Lets React report its commits. Must run before a worker loads React, which looks for its DevTools once. */
export function listenToReact(): void {
  if ('__REACT_DEVTOOLS_GLOBAL_HOOK__' in globalThis) return;
  Object.assign(globalThis, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      renderers: new Map(),
      checkDCE: () => undefined,
      inject: () => 1,
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      onCommitFiberRoot: (_renderer: number, { current }: { current: Fiber }) => {
        if (counts.isCounting) visit(current, current.alternate);
      },
    },
  });
}

/** How often components rendered since the last `start`, by their names. */
export const renders = {
  start: () => {
    counts.isCounting = true;
    counts.byName.clear();
  },
  stop: () => {
    counts.isCounting = false;
  },
  of: (name: string): number => counts.byName.get(name) ?? 0,
};
