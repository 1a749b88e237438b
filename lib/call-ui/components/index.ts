export { ArrivingCall, type ArrivingCallProps } from './arriving-call';
export { Avatar, AvatarView } from './avatar';
export { avatarHue, initialOf, initialsOf } from './avatar-hue';
export { CallButtonView } from './call-button';
export { CallEntry } from './call-entry';
export { CallFallback, type CallFallbackProps } from './call-fallback';
export { defaultComponents } from './default-components';
export { Handset, type HandsetMark, type HandsetProps } from './icons';
export { IncomingCall } from './incoming-call';
export { LevelMeter, type LevelMeterProps } from './level-meter';
export {
  CallBar,
  CallDock,
  CallStage,
  CallToolbar,
  ConnectionBanner,
  Countdown,
  DeviceMenu,
  EndedCard,
  MiniCallBar,
  MoveCallCard,
  OutgoingCall,
  ParticipantTile,
  PeopleMenu,
  RefusalAlert,
  RingCard,
  StartCallSheet,
  SwitchCallDialog,
} from './on-demand';
export { Ringer } from './ringer';
export { VideoView } from './video-view';
