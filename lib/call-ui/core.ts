/**
 * What both entries export: client and event source, store and phase, and hooks with state, actions and ready button
 * props. It reaches no component and no style sheet.
 */
export type { CallEvent } from './call-event';
export { type ConnectionState, callPhase, type PhaseInput } from './call-phase';
export {
  type CallStoreAction,
  type CallStoreState,
  callDurationMs,
  callStore,
  emptyCallStore,
  type HeldCall,
  rejoinMsLeft,
  ringMsLeft,
} from './call-store';
export {
  type CallClient,
  type CallClientOptions,
  CallError,
  type CallErrorCode,
  type CallTarget,
  createCallClient,
  type EnterOptions,
} from './client';
/** For ids that a client makes: `crypto.randomUUID` does not exist on plain http. */
export { makeClientId } from './client-id';
export type { ResolvePerson } from './controller/owners/people';
export type * from './device-models';
export { createEventSource, type EventSourceOptions } from './events/create-event-source';
export type * from './events/event-feed';
export type { CallFeatures } from './features';
export { useBackgroundBlur } from './hooks/use-background-blur';
export { type CallState, type CallsState, useCall, useCalls, useDuration } from './hooks/use-call';
export {
  useEndedCall,
  useMoveCall,
  useRefusal,
  useStartCallSheet,
  useSwitchCall,
} from './hooks/use-call-cards';
export { type CallControlsState, useCallControls } from './hooks/use-call-controls';
export { type CallEntryState, useCallEntry } from './hooks/use-call-entry';
export { type CallNotificationsState, useCallNotifications } from './hooks/use-call-notifications';
export {
  type CallPlace,
  type CallPlaceState,
  useCallPlace,
  useRegisterCallScreen,
  useRegisterMiniBar,
  useUnreadCount,
} from './hooks/use-call-place';
export { type ShortcutState, useCallPreferences, useShortcuts } from './hooks/use-call-preferences';
export { useCameraPreview } from './hooks/use-camera-preview';
export { type ConnectionToServer, useConnection } from './hooks/use-connection';
export { useDevices } from './hooks/use-devices';
export { useFeatures } from './hooks/use-features';
export { type IncomingCallState, useIncomingCall, useIncomingCalls } from './hooks/use-incoming-call';
export { useIsInFront } from './hooks/use-is-in-front';
export { useIsNarrow, useIsSideways } from './hooks/use-is-narrow';
export { type LevelState, useLevel, useRingtoneTest, useSpeakerTest } from './hooks/use-level';
export { useLongPress } from './hooks/use-long-press';
export { useNoticeWords } from './hooks/use-notice-words';
export { useOwnHand } from './hooks/use-own-hand';
export { type PersonState, usePerson, useRefreshPeople } from './hooks/use-person';
export { usePictureInPicture } from './hooks/use-picture-in-picture';
export { usePopOut } from './hooks/use-pop-out';
export { useRingMember } from './hooks/use-ring-member';
export { type RingerState, useRinger } from './hooks/use-ringer';
export { useRingingTitle } from './hooks/use-ringing-title';
export { type SoundCheckToggle, useSoundCheckToggle } from './hooks/use-sound-check-toggle';
export { useDockEdge, useStageView } from './hooks/use-stage';
export { type StartCallOptions, type StartCallState, useStartCall } from './hooks/use-start-call';
export { useVoiceComparison, type VoiceComparison } from './hooks/use-voice-comparison';
export type {
  CallRoom,
  MediaLoader,
  MediaPerson,
  OtherDevice,
  RoomOptions,
  RoomState,
} from './media/media-types';
export {
  type NoticeWhileAway,
  type NotifyWhileAway,
  notifyWhileAway,
  showWhileAway,
} from './notify-while-away';
export {
  type CallPreferences,
  changePreferences,
  onPreferences,
  type RingtoneName,
  readPreferences,
  ringtoneNames,
  type ShortcutAction,
  shortcutActions,
} from './preferences';
export type { RequestOptions } from './request-options';
export type { PersonAnswer, SentCallPerson, SentCallView, SentCallWithMedia, SentPerson } from './sent-views';
export type { RingerSound } from './sound/call-sound';
export type { Corner } from './stage/boxes';
export type { DockRange, DockSize } from './stage/dock-size';
export type * from './view-models';
export { joinNames, lengthInWords } from './words/in-sentences';
export { formatDuration, isolateText } from './words/text';
export { useWords } from './words/use-words';
