import { createContext, useContext } from 'react';
import type { CallController } from './controller/call-controller';

export const ControllerContext = createContext<CallController | null>(null);

/** The controller of the nearest provider; throws where there is none. */
export function useController(): CallController {
  const controller = useContext(ControllerContext);
  if (!controller) throw new Error('Put a <CallProvider> around what shows calls.');
  return controller;
}
