import type { ComponentType, ReactNode } from 'react';
import type { CallEntry, CallView, Person } from '../protocol';

/** What the call interface is doing right now, for this tab (CALLS.md, "Three axes"). */
export type CallPhase = 'incoming' | 'outgoing' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

/** Props for a real `<button>`, ready to be spread. */
export type ButtonProps = {
  type: 'button';
  'aria-label'?: string;
  'aria-pressed'?: boolean;
  'aria-busy'?: boolean;
  'aria-keyshortcuts'?: string;
  /** On Accept, the call's id: the key for an incoming call brings the focus here. */
  'data-call-accept'?: string;
  disabled?: boolean;
  onClick: () => void;
  /** A call comes near: what it needs is loaded before the click. */
  onPointerEnter?: () => void;
  onFocus?: () => void;
};

/** One on/off control of the call: microphone, camera, screen share. */
export type ControlState = {
  isOn: boolean;
  isBusy: boolean;
  /** False where the browser cannot do it (screen share on phones): the button is left out. */
  isSupported: boolean;
  /** One sentence for the person, or null. */
  error: string | null;
  toggle: () => void;
  buttonProps: ButtonProps;
};

export type ConnectionQuality = 'excellent' | 'good' | 'weak' | 'lost' | 'unknown';

/** The state of one person in the call, in words the person reads. */
export type PersonCallState =
  | 'calling'
  | 'ringing'
  | 'not_ringing'
  | 'connecting'
  | 'in_call'
  | 'rejoining'
  | 'declined'
  | 'no_answer'
  | 'unreachable'
  | 'not_allowed'
  | 'cancelled'
  | 'left';

/** A video that can be attached to a `<video>` element: camera or screen of one person. */
export type VideoSource = {
  id: string;
  attach: (element: HTMLVideoElement) => void;
  detach: (element: HTMLVideoElement) => void;
  isMirrored: boolean;
};

/** One person of the call with everything a tile or card shows. */
export type CallParticipant = {
  person: Person;
  isSelf: boolean;
  state: PersonCallState;
  /** `state` as the words on the screen: "Ringing…", "No answer", "Reconnecting…", "". */
  stateText: string;
  /** Milliseconds until the rejoin time is over, at the moment of rendering. */
  rejoinMsLeft: number | null;
  isSpeaking: boolean;
  isMuted: boolean;
  quality: ConnectionQuality;
  camera: VideoSource | null;
  screen: VideoSource | null;
  /** 0–100; this person's loudness on this device only. */
  volume: number;
  setVolume: (volume: number) => void;
  /** Set when this viewer may ring this person again. */
  ringAgain: (() => void) | null;
  /** Set when this viewer may stop this person's ring. */
  stopRinging: (() => void) | null;
  /** One of the two has been asked for and not answered yet. */
  isRingBusy: boolean;
};

export type DeviceKind = 'audioinput' | 'audiooutput' | 'videoinput';
export type DeviceChoice = { id: string; label: string };
export type DeviceSelect = {
  kind: DeviceKind;
  label: string;
  choices: DeviceChoice[];
  selectedId: string;
  select: (id: string) => void;
  /** False where the browser cannot choose (speaker in some browsers). */
  isSupported: boolean;
};

/** A notice across the top of the call, with at most one way to act on it. */
export type CallNotice = {
  id:
    | 'reconnecting'
    | 'microphone_blocked'
    | 'sound_blocked'
    | 'talking_while_muted'
    | 'device_lost'
    | 'other';
  text: string;
  action: { label: string; onClick: () => void } | null;
};

export type IncomingCallProps = {
  call: CallView;
  caller: Person;
  /** The group's title, null in a direct call. */
  groupTitle: string | null;
  acceptProps: ButtonProps;
  declineProps: ButtonProps;
  msLeft: number;
  /** Non-null while the browser blocks sound here: one click to hear it. */
  unblockSound: (() => void) | null;
  /** Shown beneath the buttons, for example "Ctrl Shift S"; null hides them. */
  shortcuts: { accept: string; decline: string } | null;
  isNarrow: boolean;
  /** Where this window stands among several: 0 (the default) is on top, the others peek out beneath. */
  stackIndex?: number;
};

/** `children` is the toolbar. */
export type OutgoingCallProps = {
  call: CallSummary;
  people: CallParticipant[];
  phase: CallPhase;
  children?: ReactNode;
  notices?: CallNotice[];
  /** Fills a phone's screen; false is the dock. */
  isNarrow?: boolean;
  /** Back to the conversation; only used when narrow. */
  collapse?: () => void;
  expand?: () => void;
  openPictureInPicture?: (() => void) | null;
};

/** What a call is called and how long it has been going on. */
export type CallSummary = {
  /** Null while the server has not answered yet. */
  callId: string | null;
  conversationId: string | null;
  kind: 'direct' | 'group';
  /** The other person's name, or the group's title. */
  title: string;
  phase: CallPhase;
  /** Ticking; null before the first entry. */
  durationMs: number | null;
  /** One line in words: "Calling…", "Ringing…", "Connecting…", "with Bob". */
  stateText: string;
  quality: ConnectionQuality;
};

export type CallToolbarProps = {
  microphone: ControlState;
  camera: ControlState;
  screen: ControlState;
  /** Switches between front and back camera; null where there is one camera. */
  flipCamera: (() => void) | null;
  /** Opens the device menu; the prefab passes `DeviceMenu` as its content. */
  deviceMenu: ReactNode;
  leaveProps: ButtonProps;
  /** "Disconnect" when wide, "Leave" when narrow. */
  leaveLabel: string;
  isNarrow: boolean;
};

export type DeviceMenuProps = {
  microphone: DeviceSelect;
  speaker: DeviceSelect;
  camera: DeviceSelect;
  /** 0–1, many times a second. */
  subscribeLevel: (listener: (level: number) => void) => () => void;
  testSpeaker: () => void;
  isTestingSpeaker: boolean;
};

export type CallDockProps = {
  call: CallSummary;
  people: CallParticipant[];
  notices: CallNotice[];
  toolbar: ReactNode;
  /** Set when the browser can show picture in picture. */
  openPictureInPicture: (() => void) | null;
  expand: () => void;
};

export type CallStageProps = {
  call: CallSummary;
  people: CallParticipant[];
  notices: CallNotice[];
  toolbar: ReactNode;
  layout: 'focus' | 'grid';
  setLayout: (layout: 'focus' | 'grid') => void;
  collapse: () => void;
  isNarrow: boolean;
  openPictureInPicture?: (() => void) | null;
};

/** The bar at the bottom of the sidebar while the call's conversation is not open. */
export type MiniCallBarProps = {
  call: CallSummary;
  /** Everyone, for whoever reads the page by ear. */
  people: CallParticipant[];
  /** Whose picture the bar shows; null shows the call's. */
  speaker: CallParticipant | null;
  microphone: ControlState;
  leaveProps: ButtonProps;
  leaveLabel: string;
  open: () => void;
};

export type ParticipantTileProps = {
  participant: CallParticipant;
  size: 'dock' | 'tile' | 'strip';
  source: 'camera' | 'screen';
};
export type RingCardProps = { participant: CallParticipant };
export type ConnectionBannerProps = { notice: CallNotice };
export type EndedCardProps = {
  title: string;
  detail: string;
  person: Person | null;
  groupTitle: string | null;
  /** Gives a group the same colour as everywhere else. */
  conversationId?: string;
  callAgainProps: ButtonProps;
  messageProps: ButtonProps | null;
  dismiss: () => void;
  /** Says whether somebody is at the card (focus or pointer in it): until they go it does not go away by itself. */
  hold?: (isHeld: boolean) => void;
};
export type RefusalAlertProps = { title: string; detail: string; dismiss: () => void };
export type MoveCallCardProps = { title: string; moveProps: ButtonProps };
export type StartCallSheetProps = {
  people: Person[];
  title: string;
  joinProps: ButtonProps;
  cancel: () => void;
};
/** One of the two calls that a switch is between. */
export type SwitchSide = {
  title: string;
  kind: 'direct' | 'group';
  person: Person | null;
  /** Null before the first call with somebody; gives a group the same colour as everywhere else. */
  conversationId?: string | null;
  /** It rings here, so switching accepts it. */
  isRinging?: boolean;
};
export type SwitchCallDialogProps = {
  from: SwitchSide;
  to: SwitchSide;
  durationMs: number | null;
  switchProps: ButtonProps;
  stay: () => void;
  /** False while the answer is a moment away: the switch may have happened. Default: true. */
  canStay?: boolean;
  isNarrow: boolean;
};
export type CallButtonViewProps = {
  buttonProps: ButtonProps;
  /** "Call", "Join call", "Calling…" or "In call". */
  label: string;
  state: 'idle' | 'busy' | 'live' | 'in_call';
  look: 'header' | 'profile' | 'list' | 'icon';
};
export type CallEntryProps = {
  entry: CallEntry;
  viewerId: string;
  /** Looks a person up; null when unknown. */
  personOf: (id: string) => Person | null;
  /** How many calls in a row this line stands for. */
  count: number;
  timeText: string;
  callBackProps: ButtonProps | null;
  joinProps: ButtonProps | null;
};

/** Everything of the call interface that an app can replace. */
export type CallComponents = {
  CallButton: ComponentType<CallButtonViewProps>;
  IncomingCall: ComponentType<IncomingCallProps>;
  OutgoingCall: ComponentType<OutgoingCallProps>;
  CallDock: ComponentType<CallDockProps>;
  CallStage: ComponentType<CallStageProps>;
  MiniCallBar: ComponentType<MiniCallBarProps>;
  ParticipantTile: ComponentType<ParticipantTileProps>;
  RingCard: ComponentType<RingCardProps>;
  CallToolbar: ComponentType<CallToolbarProps>;
  DeviceMenu: ComponentType<DeviceMenuProps>;
  ConnectionBanner: ComponentType<ConnectionBannerProps>;
  EndedCard: ComponentType<EndedCardProps>;
  RefusalAlert: ComponentType<RefusalAlertProps>;
  MoveCallCard: ComponentType<MoveCallCardProps>;
  StartCallSheet: ComponentType<StartCallSheetProps>;
  SwitchCallDialog: ComponentType<SwitchCallDialogProps>;
  CallEntry: ComponentType<CallEntryProps>;
};

/** What a customiser passes: a component replaces the default, `null` hides it. */
export type CallComponentOverrides = { [Slot in keyof CallComponents]?: CallComponents[Slot] | null };
