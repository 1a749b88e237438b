import type { CallEntry, CallView, Person } from '@parley/call-protocol';
import type { ComponentType, ReactNode } from 'react';
import type { RingerState } from './hooks/use-ringer';
import type {
  BackgroundBlurState,
  ButtonProps,
  CallNotice,
  CallParticipant,
  CallPhase,
  CallSummary,
  CameraPreviewState,
  ControlState,
  DeviceSelect,
  DockEdge,
  StageView,
} from './view-models';

/** The window of a ring: spread the button props, and Accept and Decline work. */
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
  /** Where this window stands among several: 0 (the default) is on top, the others lie beneath it. */
  stackIndex?: number;
  /** This person is in a call: on a phone a banner takes the place of the window, so that its controls stay free. */
  isInCall?: boolean;
  /** On the top window while others wait beneath it. */
  alsoCalling?: AlsoCalling | null;
  /** Declines with a message; null or left out: no message can be sent from here. */
  reply?: ((words: { text: string; callBackInMinutes?: number }) => void) | null;
  /** Whether `reply` may promise to call back. Default: true */
  canPromiseCallBack?: boolean;
  /** Puts this window on top; called when the focus comes into one that lies beneath. */
  bringToFront?: () => void;
};

/**
 * The other calls that ring: who calls, and the way to the next one.
 *
 * @example
 * const next = ({ label, show }: AlsoCalling) => <button onClick={show}>{label}</button>;
 */
export type AlsoCalling = {
  /** "Carol is calling, too". */
  text: string;
  /** "Show Carol". */
  label: string;
  /** Whose window is next. */
  caller: Person;
  show: () => void;
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

/** The controls of a call; the way out is always among them. */
export type CallToolbarProps = {
  microphone: ControlState;
  camera: ControlState;
  screen: ControlState;
  /** Switches between front and back camera; null where there is one camera. */
  flipCamera: (() => void) | null;
  /** Opens the device menu; the prefab passes `DeviceMenu` as its content. */
  deviceMenu: ReactNode;
  /** Reactions and the hand, for a menu of the toolbar; the prefab passes `GesturesMenu`. Default: none. */
  gestures?: ReactNode;
  isHandRaised?: boolean;
  /** Floats over the call, right above the controls: raised hands, reactions, the sound check. Default: nothing. */
  above?: ReactNode;
  /** The app's own buttons before the way out; the prefab passes `ToolbarExtras`. Default: none. */
  extras?: ReactNode;
  leaveProps: ButtonProps;
  /** "Disconnect" when wide, "Leave" when narrow. */
  leaveLabel: string;
  isNarrow: boolean;
};

/** The three choices of devices, with a level and a test. */
export type DeviceMenuProps = {
  microphone: DeviceSelect;
  speaker: DeviceSelect;
  camera: DeviceSelect;
  backgroundBlur: BackgroundBlurState;
  /** 0–1, many times a second. */
  subscribeLevel: (listener: (level: number) => void) => () => void;
  /** Why there is no level, as a sentence; null when all is well. */
  microphoneProblem: string | null;
  testSpeaker: () => void;
  isTestingSpeaker: boolean;
  /** Opens the sound check; null without a call. Default: null. */
  openSoundCheck?: (() => void) | null;
  /** Null in a call, which shows the camera itself. */
  cameraPreview: CameraPreviewState | null;
};

/** The call inside its conversation's page. */
export type CallDockProps = {
  call: CallSummary;
  people: CallParticipant[];
  notices: CallNotice[];
  toolbar: ReactNode;
  /** Set when the browser can show picture in picture. */
  openPictureInPicture: (() => void) | null;
  /** Opens the sound check; null without a connection. Default: null. */
  openSoundCheck?: (() => void) | null;
  expand: () => void;
  view: StageView;
  edge: DockEdge;
  /** Set while this person shares their screen. */
  stopSharing: (() => void) | null;
};

/**
 * The call's conversation beside it, in the full window of a wide screen.
 *
 * @example
 * const button = ({ unreadCount, toggle }: CallStageChat) => <button onClick={toggle}>{unreadCount}</button>;
 */
export type CallStageChat = {
  isOpen: boolean;
  toggle: () => void;
  /** Messages that came while it was out of sight. */
  unreadCount: number;
  /** The app's own messages and composer. */
  content: ReactNode;
};

/** The call in the whole window. */
export type CallStageProps = {
  call: CallSummary;
  people: CallParticipant[];
  notices: CallNotice[];
  toolbar: ReactNode;
  view: StageView;
  /** Set while this person shares their screen. */
  stopSharing: (() => void) | null;
  collapse: () => void;
  isNarrow: boolean;
  /** A phone held sideways, or a window as low: the controls stand beside the people. */
  isSideways: boolean;
  openPictureInPicture?: (() => void) | null;
  /** Opens the sound check; null without a connection. Default: null. */
  openSoundCheck?: (() => void) | null;
  /** Left out: no chat button. */
  chat?: CallStageChat | null;
};

/** The bar at the bottom of the sidebar while the call's conversation is not open. */
export type MiniCallBarProps = {
  call: CallSummary;
  /** All participants, for screen readers. */
  people: CallParticipant[];
  /** Whose picture the bar shows; null shows the call's. */
  speaker: CallParticipant | null;
  microphone: ControlState;
  leaveProps: ButtonProps;
  leaveLabel: string;
  open: () => void;
};

/** One person, or the screen they share: a face without a box, a tile, one of a strip, the own picture in a corner. */
export type ParticipantTileProps = {
  participant: CallParticipant;
  size: 'dock' | 'tile' | 'strip' | 'corner';
  source: 'camera' | 'screen';
  /** Shows the screen in a window of its own; null or left out where that can't be done. */
  popOut?: (() => void) | null;
  /** Ends the own screen share. */
  stopSharing?: (() => void) | null;
};
/** One callee of a group that is being rung. */
export type RingCardProps = { participant: CallParticipant };
/** One notice across the top of the call. */
export type ConnectionBannerProps = { notice: CallNotice };
/** How the call went, and what one may want next. */
export type EndedCardProps = {
  title: string;
  detail: string;
  person: Person | null;
  groupTitle: string | null;
  /** Gives a group the same colour as everywhere else, unless `groupHue` is there. */
  conversationId?: string;
  /** The group's own hue in degrees. */
  groupHue?: number | undefined;
  callAgainProps: ButtonProps;
  messageProps: ButtonProps | null;
  dismiss: () => void;
  /** Reports whether focus or pointer is in the card; while it is, the card stays. */
  hold?: (isHeld: boolean) => void;
};
/** What was refused: `title` in the words of the contract, `detail` in one sentence or ''. */
export type RefusalAlertProps = { title: string; detail: string; dismiss: () => void };
/** The call that runs on another device of this person. */
export type MoveCallCardProps = {
  title: string;
  moveProps: ButtonProps;
  /** Puts the card away for this call; **Join call** in the conversation still brings it over. */
  dismiss?: () => void;
};
/** Who will ring, before it does. */
export type StartCallSheetProps = {
  people: Person[];
  title: string;
  /** What the call is about, as typed; optional for the person, and shown to those who are rung. */
  line?: string;
  setLine?: (line: string) => void;
  /** How many characters the line is too long; joining is disabled then. */
  charactersOver?: number;
  joinProps: ButtonProps;
  cancel: () => void;
  /** A sheet on a phone, else a dialog. Default: true */
  isNarrow?: boolean;
  /** Shown on demand, and only then mounted: it opens the microphone. The prefab passes `DeviceMenu`. */
  deviceMenu: ReactNode;
};
/**
 * One of the two calls that a switch is between.
 *
 * @example
 * const verb = { accept: 'Answer', join: 'Join', start: 'Call' };
 * const words = ({ title, entry = 'join' }: SwitchSide) => `${verb[entry]} ${title}`;
 */
export type SwitchSide = {
  title: string;
  kind: 'direct' | 'group';
  person: Person | null;
  /** Null before the first call with this person; gives a group the same colour as everywhere else. */
  conversationId?: string | null;
  /** The group's own hue in degrees. */
  hue?: number | undefined;
  /** What switching does with it: it rings here, it lives already, or it does not exist yet. Default: `join`. */
  entry?: 'accept' | 'join' | 'start';
};
/** The two calls, and the two answers. */
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
/** What the slot `CallButton` shows: its state in words, and how much room it has. */
export type CallButtonViewProps = {
  buttonProps: ButtonProps;
  /** "Call", "Join call", "Calling…", "Bob is calling…" or "In call". */
  label: string;
  state: 'idle' | 'busy' | 'ringing' | 'live' | 'in_call';
  look: 'header' | 'profile' | 'list' | 'icon';
};
/** A call's line in a conversation, as its reader saw it. */
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
  /** Whose ring runs while the call's incoming window is shown; its Accept is then the only one on the screen. */
  ringerId?: string | null;
};

/** Whose picture, and how it is drawn. */
export type AvatarProps = {
  /** The colour comes from it unless `hue` is given, so it is the id of the person or conversation, not the name. */
  id: string;
  /** The person's own hue in degrees (`person.hue`). */
  hue?: number | undefined;
  name: string;
  pictureUrl?: string | null;
  /** Side length in CSS pixels. */
  size: number;
  shape?: 'person' | 'group';
  isSpeaking?: boolean;
  /** Greyed: rejoining, declined or not answering. */
  isDim?: boolean;
  /** Draws the two rings of a callee who is being rung. */
  hasRings?: boolean;
};

/** Buttons of the app's own at the end of the call's controls; the default shows none. */
export type ToolbarExtrasProps = { isNarrow: boolean };
/** The one whose return the call waits for, and how long it will (`participant.rejoinMsLeft`). */
export type CountdownProps = { participant: CallParticipant };

/** The top line of a call in the page, in the whole window and while it rings: how long, with whom, how well connected. */
export type CallBarProps = {
  call: CallSummary;
  people: CallParticipant[];
  /** `dock`: in the conversation's page; `full`: the whole window; `narrow`: the window of a phone. */
  place: 'dock' | 'full' | 'narrow';
  /** In the margins of a picture: takes no height of its own. Default: false */
  isAside?: boolean;
  /** The smallest size of the dock, which shows this line only. Default: false */
  isBar?: boolean;
  openPictureInPicture?: (() => void) | null | undefined;
  openSoundCheck?: (() => void) | null | undefined;
  /** Goes back to the conversation from a phone's full window; without it there is no button. */
  back?: (() => void) | null | undefined;
  /** At the very end: people, expand or collapse. Without them the size of the call cannot be changed. */
  children?: ReactNode;
};

/** Everyone the call concerns, behind one button. */
export type PeopleMenuProps = {
  people: CallParticipant[];
  /** Beside the controls of the full window. Default: false, as in the dock. */
  isLarge?: boolean;
};

/** What is to be heard in this tab: a component that plays it and shows nothing. */
export type RingerProps = RingerState;

/**
 * Everything of the call interface that an app can replace.
 *
 * @example
 * const Tile: CallComponents['ParticipantTile'] = ({ participant }) => <b>{participant.person.displayName}</b>;
 */
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
  Avatar: ComponentType<AvatarProps>;
  Countdown: ComponentType<CountdownProps>;
  ToolbarExtras: ComponentType<ToolbarExtrasProps>;
  CallBar: ComponentType<CallBarProps>;
  PeopleMenu: ComponentType<PeopleMenuProps>;
  Ringer: ComponentType<RingerProps>;
};

/**
 * What a customiser passes: a component replaces the default, `null` hides it.
 *
 * @example
 * const components: CallComponentOverrides = { IncomingCall: MyWindow, Ringer: null };
 * <CallProvider {...props} components={components} />
 */
export type CallComponentOverrides = { [Slot in keyof CallComponents]?: CallComponents[Slot] | null };
