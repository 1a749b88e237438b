/**
 * The call kit: what a developer holds. Layers, from the wire up: protocol (a package of its own), client and event
 * source, store and phase, hooks (all of `core`), components (slots), prefabs. See README.md here for recipes.
 */
export { CallBoundary, type CallBoundaryProps } from './call-boundary';
/** The parts as the slots hold them by default, and what shows people and lengths as they do. */
export {
  ArrivingCall,
  type ArrivingCallProps,
  Avatar,
  AvatarView,
  avatarHue,
  CallBar,
  CallButtonView,
  CallDock,
  CallEntry,
  CallFallback,
  type CallFallbackProps,
  CallStage,
  CallToolbar,
  ConnectionBanner,
  Countdown,
  DeviceMenu,
  defaultComponents,
  EndedCard,
  Handset,
  type HandsetMark,
  type HandsetProps,
  IncomingCall,
  initialOf,
  initialsOf,
  LevelMeter,
  type LevelMeterProps,
  MiniCallBar,
  MoveCallCard,
  OutgoingCall,
  ParticipantTile,
  PeopleMenu,
  RefusalAlert,
  RingCard,
  Ringer,
  StartCallSheet,
  SwitchCallDialog,
  VideoView,
} from './components';
export * from './core';
export type { CallChat } from './prefabs/call-body';
export {
  CallButton,
  type CallButtonProps,
  JoinCallButton,
  type JoinCallButtonProps,
} from './prefabs/call-buttons';
export { CallEntryLine, type CallEntryLineProps } from './prefabs/call-entry-line';
export { CallMiniBar, type CallMiniBarProps } from './prefabs/call-mini-bar';
export { CallOverlay, type CallOverlayProps } from './prefabs/call-overlay';
export { CallScreen, type CallScreenProps } from './prefabs/call-screen';
export { DeviceCheck, type DeviceCheckProps } from './prefabs/device-check';
export { CallProvider, type CallProviderProps } from './provider';
export { useIsHidden, useSlot } from './slot-context';
export type * from './slots';
