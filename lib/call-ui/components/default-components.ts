import type { CallComponents } from '../slots';
import { AvatarView } from './avatar';
import { CallButtonView } from './call-button';
import { CallEntry } from './call-entry';
import { IncomingCall } from './incoming-call';
import {
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
import { Ringer } from './ringer';

/**
 * What every slot holds until an app replaces it.
 *
 * @example
 * const { CallDock } = defaultComponents;
 */
export const defaultComponents: CallComponents = {
  CallButton: CallButtonView,
  IncomingCall,
  OutgoingCall,
  CallDock,
  CallStage,
  MiniCallBar,
  ParticipantTile,
  RingCard,
  CallToolbar,
  DeviceMenu,
  ConnectionBanner,
  EndedCard,
  RefusalAlert,
  MoveCallCard,
  StartCallSheet,
  SwitchCallDialog,
  CallEntry,
  Avatar: AvatarView,
  Countdown,
  ToolbarExtras: () => null,
  CallBar,
  PeopleMenu,
  Ringer,
};
