/** The call kit without anything to see, for an app that draws calls itself. It reaches no component and no style sheet. */
export * from './core';
export { HeadlessCallProvider, type HeadlessCallProviderProps } from './headless-provider';
