import { type ComponentType, createContext } from 'react';
import type { VideoSource } from '../view-models';

export type ScreenViewProps = {
  source: VideoSource;
  onAspect: (aspect: number) => void;
  popOut: (() => void) | null;
  stopSharing: (() => void) | null;
};

/** What shows a large shared screen: the stage brings it, so that no page loads it before a call comes near. */
export const ScreenViewContext = createContext<ComponentType<ScreenViewProps> | null>(null);
