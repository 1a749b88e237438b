'use client';

import type { KitParts } from './controller/kit';
import { KitProvider, type KitProviderProps } from './kit-provider';

/** Where calls come from, and who is signed in. */
export type HeadlessCallProviderProps = KitProviderProps;

const loadInCall: KitParts['loadInCall'] = () => import('./controller/in-call');

/**
 * Holds the calls of one signed-in person, for an app that draws everything itself: hooks work inside it, and it shows
 * nothing. `CallProvider` is the same with the kit's own parts.
 *
 * @example
 * <HeadlessCallProvider client={client} events={events} self={me}>
 *   <MyCallApp />
 * </HeadlessCallProvider>
 */
export function HeadlessCallProvider(props: HeadlessCallProviderProps) {
  return <KitProvider {...props} loadInCall={loadInCall} />;
}
