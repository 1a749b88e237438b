/**
 * The pictures of the documentation, by the scene of the gallery that they show.
 * @type {readonly { name: string, of: string, place?: 'dock' | 'full', theme: 'light' | 'dark', width: number, height: number }[]}
 * `of`: the component whose section of `docs/kit` shows it; the sizes are the window's in CSS pixels.
 */
export const kitPictures = [
  { name: 'arriving', of: 'ArrivingCall', theme: 'light', width: 800, height: 440 },
  { name: 'call-bar', of: 'CallBar', theme: 'light', width: 800, height: 80 },
  { name: 'call-button', of: 'CallButton', theme: 'light', width: 800, height: 92 },
  { name: 'call-button-looks', of: 'CallButtonView', theme: 'light', width: 480, height: 280 },
  { name: 'voices-2', of: 'CallDock', place: 'dock', theme: 'light', width: 800, height: 640 },
  { name: 'entries', of: 'CallEntryLine', theme: 'light', width: 800, height: 440 },
  { name: 'fallback', of: 'CallFallback', theme: 'light', width: 800, height: 440 },
  { name: 'group-cameras-4', of: 'CallStage', place: 'full', theme: 'dark', width: 800, height: 480 },
  { name: 'toolbar', of: 'CallToolbar', theme: 'light', width: 800, height: 120 },
  { name: 'reconnecting', of: 'ConnectionBanner', place: 'dock', theme: 'light', width: 800, height: 640 },
  { name: 'countdown-alone', of: 'Countdown', theme: 'light', width: 480, height: 120 },
  { name: 'devices', of: 'DeviceMenu', theme: 'light', width: 800, height: 640 },
  { name: 'ended', of: 'EndedCard', theme: 'light', width: 800, height: 440 },
  { name: 'ring', of: 'IncomingCall', theme: 'light', width: 390, height: 480 },
  { name: 'mini-bar', of: 'MiniCallBar', theme: 'light', width: 800, height: 440 },
  { name: 'move-call', of: 'MoveCallCard', theme: 'light', width: 800, height: 440 },
  { name: 'outgoing', of: 'OutgoingCall', theme: 'light', width: 800, height: 440 },
  { name: 'tile-picture', of: 'ParticipantTile', theme: 'light', width: 480, height: 320 },
  { name: 'refused', of: 'RefusalAlert', theme: 'light', width: 800, height: 440 },
  { name: 'ring-card', of: 'RingCard', theme: 'light', width: 480, height: 240 },
  { name: 'start-call', of: 'StartCallSheet', theme: 'light', width: 390, height: 560 },
  { name: 'switch-call', of: 'SwitchCallDialog', theme: 'light', width: 800, height: 440 },
];
