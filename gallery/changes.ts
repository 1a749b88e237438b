import * as kit from '@parley/call-kit';
import * as inCall from '@parley/call-kit/in-call';
import { cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react';
import type { sceneOf } from './scenes';
import type { SurfaceScene } from './scenes/surface-scenes';

type Scene = ReturnType<typeof sceneOf>;
type Props = Record<string, unknown>;

/** A component of the kit as it stands in a scene. */
export type Part = { name: string; props: Props };

/** What the gallery's controls changed, by path: `{ 'call.title': 'Carol' }`. */
export type Changes = Record<string, string | number | boolean>;

const names = new Map<unknown, string>(
  [...Object.entries(kit), ...Object.entries(inCall)].map(([name, component]) => [component, name]),
);

/** Returns the same nodes with each component of the kit replaced by what `each` returns for it. */
function mapParts(node: ReactNode, each: (part: ReactElement<Props>) => ReactNode): ReactNode {
  if (Array.isArray(node)) return node.map((one: ReactNode) => mapParts(one, each));
  if (!isValidElement<Props & { children?: ReactNode }>(node)) return node;
  if (names.has(node.type)) return each(node);
  const { children } = node.props;
  return children === undefined ? node : cloneElement(node, {}, mapParts(children, each));
}

const mapScene = (scene: SurfaceScene, each: (part: ReactElement<Props>) => ReactNode): SurfaceScene =>
  Object.fromEntries(
    Object.entries(scene).map(([place, node]) => [place, place === 'shape' ? node : mapParts(node, each)]),
  );

/** The components of the kit that a scene shows; the first one is what the controls change. */
export function partsOf({ stage, surface }: Scene, how: { isNarrow: boolean; isFull: boolean }): Part[] {
  if (stage) {
    const { call, people, notices = [] } = stage;
    return [{ name: how.isFull ? 'CallStage' : 'CallDock', props: { call, people, notices } }];
  }
  const parts: Part[] = [];
  if (surface)
    mapScene(surface(how.isNarrow), (part) => {
      parts.push({ name: names.get(part.type) ?? '', props: part.props });
      return part;
    });
  return parts;
}

/** The scene as the controls changed it. */
export function changed({ stage, surface }: Scene, changes: Changes): Scene {
  if (Object.keys(changes).length === 0) return { ...(stage && { stage }), ...(surface && { surface }) };
  if (stage) return { stage: { ...stage, ...withChanges(stage, changes) } };
  if (!surface) return {};
  return {
    surface: (isNarrow, words) => {
      let isFirst = true;
      return mapScene(surface(isNarrow, words), (part) => {
        if (!isFirst) return part;
        isFirst = false;
        return cloneElement(part, withChanges(part.props, changes));
      });
    },
  };
}

/** The properties that differ, each as a whole. */
export function withChanges(props: object, changes: Changes): Props {
  const next: Props = {};
  for (const [path, value] of Object.entries(changes)) {
    const [name = '', inner] = path.split('.');
    const before = next[name] ?? Reflect.get(props, name);
    next[name] = inner === undefined ? value : { ...Object(before), [inner]: value };
  }
  return next;
}

/** What the address says was changed. */
export function readChanges(asked: URLSearchParams): Changes {
  const said: unknown = JSON.parse(asked.get('props') ?? '{}');
  return said !== null && typeof said === 'object' ? { ...said } : {};
}
