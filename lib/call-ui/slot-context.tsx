import { type ComponentType, createContext, useContext } from 'react';
import { CallBoundary } from './call-boundary';
import type { CallComponentOverrides, CallComponents } from './slots';

/** The app's overrides; set by `CallProvider`. */
export const SlotContext = createContext<CallComponentOverrides>({});

const Hidden = () => null;

type Part = ComponentType<object>;
/** Overrides behind their boundaries, by override and default: a component has to stay the same one. */
const guarded = new WeakMap<Part, WeakMap<Part, Part>>();

/** An override that shows the default in its place when it throws. */
function guard(Override: Part, Default: Part): Part {
  const known = guarded.get(Override) ?? new WeakMap<Part, Part>();
  guarded.set(Override, known);
  const made = known.get(Default);
  if (made) return made;
  const Guarded: Part = (props) => (
    <CallBoundary fallback={() => <Default {...props} />}>
      <Override {...props} />
    </CallBoundary>
  );
  known.set(Default, Guarded);
  return Guarded;
}

/**
 * The component that fills a slot: the app's override, nothing at all where the app hides it, else
 * the default, also in place of an override that throws. For components and prefabs that show other slots inside
 * themselves.
 *
 * @example
 * const Card = useSlot('RingCard', DefaultRingCard);
 */
export function useSlot<Slot extends keyof CallComponents>(
  slot: Slot,
  fallback: CallComponents[Slot],
): CallComponents[Slot] {
  const override = useContext(SlotContext)[slot];
  if (override === null) return Hidden as ComponentType<never> as CallComponents[Slot];
  if (!override) return fallback;
  return guard(override as Part, fallback as Part) as CallComponents[Slot];
}

/**
 * Whether the app hides a slot: what would only lead to it is left out, too.
 *
 * @example
 * const deviceMenu = useIsHidden('DeviceMenu') ? null : <Devices />;
 */
export function useIsHidden(slot: keyof CallComponents): boolean {
  return useContext(SlotContext)[slot] === null;
}

/** Whether the app fills a slot that is seen with a component of its own. */
export const hasOwnParts = (overrides: CallComponentOverrides): boolean =>
  Object.entries(overrides).some(
    ([slot, override]) => slot !== 'Ringer' && override !== null && override !== undefined,
  );
