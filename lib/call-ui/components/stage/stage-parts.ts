/** What is loaded when a call comes near. */
export { DockedCall } from './docked-call';
export { FullCall } from './full-call';
