import { type ComponentType, createContext, useContext } from 'react';
import type { CallComponentOverrides, CallComponents } from './slots';

/** The app's overrides; set by `CallProvider`. */
export const SlotContext = createContext<CallComponentOverrides>({});

const Hidden = () => null;

/**
 * The component that fills a slot: the app's override, nothing at all where the app hides it, else
 * the default. For components and prefabs that show other slots inside themselves.
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
  return (override ?? fallback) as CallComponents[Slot];
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
