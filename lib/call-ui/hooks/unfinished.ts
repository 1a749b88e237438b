import type { CallView, CallEntry, Person } from '../../protocol';
import type { CallTarget } from '../client';
import type { CallPreferences, ShortcutAction } from '../preferences';
import type { ButtonProps, CallButtonViewProps, CallNotice, CallParticipant, CallPhase, CallSummary, ControlState, DeviceKind, DeviceSelect, EndedCardProps, MoveCallCardProps, RefusalAlertProps, StartCallSheetProps, SwitchCallDialogProps } from '../slots';

const unfinished = (): never => { throw new Error('unfinished'); };
export type CallsState = {
  /** Every live call this person can see. */ live: readonly CallView[];
  /** Calls that ring here, oldest first. */ incoming: readonly CallView[];
  /** The live call of a conversation. */ inConversation: (conversationId: string) => CallView | null;
  /** The call of this tab. */ current: CallSummary | null };
export function useCalls(): CallsState { return unfinished(); }
export type CallState = { call: CallView | null; summary: CallSummary | null; phase: CallPhase | null; people: CallParticipant[]; notices: CallNotice[] };
export function useCall(_callId?: string): CallState { return unfinished(); }
export type StartCallState = { start: () => void; isStarting: boolean; refusal: { title: string; detail: string } | null; dismissRefusal: () => void; buttonProps: ButtonProps; label: string; state: CallButtonViewProps['state'] };
export type StartCallOptions = { people?: readonly Person[]; title?: string; withSheet?: boolean };
export function useStartCall(_target: CallTarget, _options?: StartCallOptions): StartCallState { return unfinished(); }
export type IncomingCallState = { call: CallView; caller: Person; groupTitle: string | null; accept: () => void; decline: () => void; msLeft: number; sound: { isBlocked: boolean; unblock: () => void }; acceptProps: ButtonProps; declineProps: ButtonProps; shortcuts: { accept: string; decline: string } };
export function useIncomingCalls(): IncomingCallState[] { return unfinished(); }
export function useIncomingCall(): IncomingCallState | null { return unfinished(); }
export type CallControlsState = { microphone: ControlState; camera: ControlState; screen: ControlState; flipCamera: (() => void) | null; leave: () => void; leaveProps: ButtonProps; leaveLabel: string; moveHere: (() => void) | null };
export function useCallControls(): CallControlsState { return unfinished(); }
export function useDevices(_kind: DeviceKind): DeviceSelect { return unfinished(); }
export type LevelMeter = { subscribeLevel: (listener: (level: number) => void) => () => void };
export function useLevel(_track?: MediaStreamTrack | null): LevelMeter { return unfinished(); }
export function useSpeakerTest(): { testSpeaker: () => void; isTestingSpeaker: boolean } { return unfinished(); }
export function useRingtoneTest(): { play: () => void; stop: () => void; isPlaying: boolean } { return unfinished(); }
export function useDuration(_callId?: string): number | null { return unfinished(); }
export function useSwitchCall(): SwitchCallDialogProps | null { return unfinished(); }
export function useRefusal(): RefusalAlertProps | null { return unfinished(); }
export function useEndedCall(): EndedCardProps | null { return unfinished(); }
export function useMoveCall(): MoveCallCardProps | null { return unfinished(); }
export function useStartCallSheet(): StartCallSheetProps | null { return unfinished(); }
export function useCallEntry(_entry: CallEntry): { callBackProps: ButtonProps | null; joinProps: ButtonProps | null } { return unfinished(); }
export function useCallPreferences(): { preferences: CallPreferences; change: (change: Partial<CallPreferences>) => void } { return unfinished(); }
export function useShortcuts(): readonly { action: ShortcutAction; label: string; keys: string }[] { return unfinished(); }
export function useIsNarrow(): boolean { return unfinished(); }
