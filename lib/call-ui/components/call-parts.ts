/** What is shown only during a call, beside a ring or in an open dialog: one chunk, loaded once the page has settled. */
export { runInCall } from '../controller/in-call';
export { AboveControls, Gestures } from '../prefabs/call-extras';
export { PopOut } from '../prefabs/pop-out';
export { CallToolbar } from './call-toolbar';
export { ConnectionBanner } from './connection-banner';
export { Countdown } from './countdown';
export { DeviceMenu } from './device-menu';
export { EndedCard } from './ended-card';
export { MiniCallBar } from './mini-call-bar';
export { MoveCallCard } from './move-call-card';
export { OutgoingCall } from './outgoing-call';
export { ParticipantTile } from './participant-tile';
export { RefusalAlert } from './refusal-alert';
export { RingCard } from './ring-card';
export { DockedCall } from './stage/docked-call';
export { FullCall } from './stage/full-call';
export { StartCallSheet } from './start-call-sheet';
export { SwitchCallDialog } from './switch-call-dialog';
