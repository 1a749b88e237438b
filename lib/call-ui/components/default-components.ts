import type { CallComponents } from '../slots';
import { CallButtonView } from './call-button';
import { CallDock } from './call-dock';
import { CallEntry } from './call-entry';
import { CallStage } from './call-stage';
import { CallToolbar } from './call-toolbar';
import { ConnectionBanner } from './connection-banner';
import { DeviceMenu } from './device-menu';
import { EndedCard } from './ended-card';
import { IncomingCall } from './incoming-call';
import { MiniCallBar } from './mini-call-bar';
import { MoveCallCard } from './move-call-card';
import { OutgoingCall } from './outgoing-call';
import { ParticipantTile } from './participant-tile';
import { RefusalAlert } from './refusal-alert';
import { RingCard } from './ring-card';
import { StartCallSheet } from './start-call-sheet';
import { SwitchCallDialog } from './switch-call-dialog';

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
};
