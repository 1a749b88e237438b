import type { Person, Reaction } from '@parley/call-protocol';
import type { Participant, Track, TrackPublication } from 'livekit-client';
import type { MouseEventHandler, PointerEventHandler } from 'react';
import type { VideoSource } from './device-models';
import type { BlurProblem } from './media/blur-problem';
import type { DeviceFault, DeviceProblem } from './media/device-problem';
import type { Corner } from './stage/boxes';
import type { DockRange, DockSize } from './stage/dock-size';

export type * from './device-models';

/** What the call interface is doing right now, for this tab (docs/calls.md, "Three axes"). */
export type CallPhase = 'incoming' | 'outgoing' | 'connecting' | 'connected' | 'reconnecting' | 'ended';

/** Props for a real `<button>`, ready to be spread. */
export type ButtonProps = {
  type: 'button';
  'aria-label'?: string;
  'aria-pressed'?: boolean;
  'aria-busy'?: boolean;
  'aria-keyshortcuts'?: string;
  title?: string;
  /** On Accept, the call's id: the key for an incoming call brings the focus here. */
  'data-call-accept'?: string;
  disabled?: boolean;
  /** The event says whether Shift was held; calling it without one is an ordinary press. */
  onClick: (event?: { shiftKey: boolean }) => void;
  /** A long press. */
  onPointerDown?: PointerEventHandler;
  onPointerMove?: PointerEventHandler;
  onPointerUp?: PointerEventHandler;
  onPointerLeave?: PointerEventHandler;
  onPointerCancel?: PointerEventHandler;
  onContextMenu?: MouseEventHandler;
  /** A call comes near: what it needs is loaded before the click. */
  onPointerEnter?: () => void;
  onFocus?: () => void;
};

/**
 * One on/off control of the call: microphone, camera, screen share.
 *
 * @example
 * const Camera = ({ isOn, isSupported, buttonProps }: ControlState) =>
 *   isSupported ? <button {...buttonProps}>{isOn ? 'Stop' : 'Start'}</button> : null;
 */
export type ControlState = {
  isOn: boolean;
  isBusy: boolean;
  /** False where the browser cannot do it (screen share on phones): the button is left out. */
  isSupported: boolean;
  /** No device to switch: refused, not found or unplugged. A press tries again. */
  isMissing: boolean;
  /** One sentence for the person, or null. */
  error: string | null;
  toggle: () => void;
  buttonProps: ButtonProps;
};

/** A participant's connection quality, as LiveKit reports it. */
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

/**
 * What LiveKit's own components and hooks take as `trackRef`: their `TrackReferenceOrPlaceholder`. Without `publication`
 * nothing of this kind is sent.
 *
 * @example
 * const Bars = ({ trackRef }: { trackRef: CallTrackRef }) => <BarVisualizer trackRef={trackRef} />;
 */
export type CallTrackRef =
  | { participant: Participant; publication: TrackPublication; source: Track.Source }
  | { participant: Participant; publication?: never; source: Track.Source };

/**
 * A person's tracks in LiveKit; the names are those of a tile's `source`, and `microphone`.
 *
 * @example
 * const own = ({ camera, microphone }: CallTrackRefs) => [camera, microphone];
 */
export type CallTrackRefs = { microphone: CallTrackRef; camera: CallTrackRef; screen: CallTrackRef };

/**
 * One person of the call with everything a tile or card shows.
 *
 * @example
 * const Row = ({ person, stateText, ringAgain }: CallParticipant) => (
 *   <li>
 *     {person.displayName} {stateText} {ringAgain && <button onClick={ringAgain}>Ring again</button>}
 *   </li>
 * );
 */
export type CallParticipant = {
  person: Person;
  isSelf: boolean;
  state: PersonCallState;
  /** `state` as the words on the screen: "Ringing…", "No answer", "Reconnecting…", "". */
  stateText: string;
  /** Milliseconds until the rejoin time has run out, at the moment of rendering. */
  rejoinMsLeft: number | null;
  isSpeaking: boolean;
  isMuted: boolean;
  /** False when they send no microphone at all: refused, not found or unplugged. `isMuted` is true then, too. */
  hasMicrophone: boolean;
  quality: ConnectionQuality;
  camera: VideoSource | null;
  screen: VideoSource | null;
  /** For LiveKit's own components; null until this person is connected to the media. */
  trackRefs: CallTrackRefs | null;
  /** The place of their raised hand, 1 for the first; null: it is not raised. */
  handPlace: number | null;
  /** What they react with now; null: nothing. */
  reaction: Reaction | null;
  /** 0–200; this person's loudness on this device only. */
  volume: number;
  setVolume: (volume: number) => void;
  /** The same for the sound of the screen they share. */
  screenVolume: number;
  setScreenVolume: (volume: number) => void;
  /** Set when this viewer may ring this person again. */
  ringAgain: (() => void) | null;
  /** Set when this viewer may stop this person's ring. */
  stopRinging: (() => void) | null;
  /** A request to start or stop this ring is under way. */
  isRingBusy: boolean;
};

/**
 * What a notice is about; `name` is the other person of a direct call, null in a group.
 *
 * @example
 * const isUrgent = ({ id }: NoticeSubject) => id === 'microphone_blocked' || id === 'no_connection';
 */
export type NoticeSubject =
  | { id: 'no_connection' | 'sound_blocked' | 'muted_by_move' }
  | { id: 'reconnecting'; name: string | null }
  | { id: 'microphone_blocked'; problem: DeviceProblem; name: string | null }
  | { id: 'talking_while_muted'; isPushToTalk: boolean }
  | { id: 'screen_ended'; reason: 'dropped' | 'reloaded' | 'moved' }
  | {
      id: 'device_lost';
      device: 'microphone' | 'camera';
      /** `replaced`: another one took its place by itself. */
      what: 'lost' | 'replaced' | 'added';
      /** What the browser calls the one that was added, '' where it has no name. */
      label: string;
    }
  | { id: 'no_blur'; problem: BlurProblem }
  | { id: 'other'; device: 'microphone' | 'camera' | 'screen'; problem: DeviceFault };

/**
 * A notice across the top of the call, with at most one way to act on it and one to put it away. It has no words:
 * `useNoticeWords` has them in the language of the page.
 *
 * @example
 * function Notice({ notice }: { notice: CallNotice }) {
 *   return <p role="status">{useNoticeWords(notice).text}</p>;
 * }
 */
export type CallNotice = NoticeSubject & {
  act: (() => void) | null;
  /** Dismisses the notice; absent for notices that disappear by themselves, or must stay. */
  dismiss?: () => void;
};

/**
 * What a call is called and how long it has been going on.
 *
 * @example
 * const Headline = ({ title, stateText }: CallSummary) => <h2>{title}: {stateText}</h2>;
 */
export type CallSummary = {
  /** Null while the server has not responded yet. */
  callId: string | null;
  conversationId: string | null;
  kind: 'direct' | 'group';
  /** The other person's name, or the group's title. */
  title: string;
  /** The group's own hue in degrees, where the server has dealt one. */
  hue?: number | undefined;
  phase: CallPhase;
  /** Ticking; null before the first entry. */
  durationMs: number | null;
  /** One line in words: "Calling…", "Ringing…", "Connecting…", "with Bob". */
  stateText: string;
  quality: ConnectionQuality;
};

/**
 * What the person made large, keeps first and moved on the stage: the same in the dock and in the full window.
 *
 * @example
 * const release = ({ focus, setFocus }: StageView) => focus && setFocus(null);
 */
export type StageView = {
  /** A person's id, or `screen ` and the id for the screen they share; null while the stage decides. */
  focus: string | null;
  setFocus: (focus: string | null) => void;
  pinnedId: string | null;
  setPinned: (userId: string | null) => void;
  /** Where the own picture stands on the large one. */
  corner: Corner;
  setCorner: (corner: Corner) => void;
};

/**
 * The edge between the docked call and the messages beneath it.
 *
 * @example
 * const toggle = ({ size, setSize }: DockEdge) => setSize(size === 'bar' ? 'half' : 'bar');
 */
export type DockEdge = {
  size: DockSize;
  /** In CSS pixels, of this size in this window. */
  height: number;
  range: DockRange;
  /** `full` fills the window; the others are kept for the conversation. */
  setSize: (size: DockSize | 'full') => void;
};
