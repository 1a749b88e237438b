'use client';
import type { ComponentType } from 'react';
import type {
  CallBarProps,
  CallDockProps,
  CallStageProps,
  CallToolbarProps,
  ConnectionBannerProps,
  CountdownProps,
  DeviceMenuProps,
  EndedCardProps,
  MiniCallBarProps,
  MoveCallCardProps,
  OutgoingCallProps,
  ParticipantTileProps,
  PeopleMenuProps,
  RefusalAlertProps,
  RingCardProps,
  StartCallSheetProps,
  SwitchCallDialogProps,
} from '../slots';
import { useFirstWords } from '../words/words-context';
import { BareCall } from './bare-call';
import { BareCard } from './bare-card';
import { BareControls } from './bare-controls';
import { type CallParts, useCallParts, useHaveCallPartsFailed } from './load-call-parts';

const Nothing = () => null;
function NotLoaded({ close }: { close: () => void }) {
  const { call } = useFirstWords();
  return <BareCard title={call.notLoaded} detail={call.tryingAgain} close={close} />;
}

/**
 * A part of the chunk that is loaded once the page has settled; until then `Bare` in its place.
 *
 * @param Failed what stands there once the chunk could not be loaded. Default: `Bare`
 */
function onDemand<Props extends object>(
  pick: (parts: CallParts) => ComponentType<Props>,
  Bare: ComponentType<Props> = Nothing,
  Failed: ComponentType<Props> = Bare,
): ComponentType<Props> {
  return function OnDemand(props: Props) {
    const parts = useCallParts();
    const hasFailed = useHaveCallPartsFailed();
    const Part = parts ? pick(parts) : hasFailed ? Failed : Bare;
    return <Part {...props} />;
  };
}

/**
 * The call in the whole window, dark in both themes: faces, tiles, or one picture with the others beside it.
 *
 * @example
 * <CallStage {...{ call, people, notices, toolbar, stopSharing, collapse, isNarrow, isSideways }} view={useStageView()} />
 */
export const CallStage = onDemand<CallStageProps>(
  ({ FullCall }) => FullCall,
  ({ call, people, toolbar }) => (
    <BareCall {...{ call, people }} height="full">
      {toolbar}
    </BareCall>
  ),
);

/**
 * The call above its conversation, as high as what it shows needs or as the person made it.
 *
 * @example
 * <CallDock {...{ call, people, notices, toolbar, expand, stopSharing }} view={useStageView()} edge={useDockEdge()} openPictureInPicture={null} />
 */
export const CallDock = onDemand<CallDockProps>(
  ({ DockedCall }) => DockedCall,
  ({ call, people, toolbar, edge }) => (
    <BareCall {...{ call, people }} height={edge.height}>
      {toolbar}
    </BareCall>
  ),
);

/**
 * The caller's screen until the first callee answers: one face in a direct call, a card per callee in a
 * group. On a phone it fills the screen and is dark in both themes.
 *
 * @example
 * <OutgoingCall {...{ call, people, notices, expand }} phase="outgoing">{toolbar}</OutgoingCall>
 */
export const OutgoingCall = onDemand<OutgoingCallProps>(
  (parts) => parts.OutgoingCall,
  ({ call, people, children, isNarrow }) => (
    <BareCall {...{ call, people }} height={isNarrow ? 'full' : call.kind === 'group' ? 336 : 288}>
      {children}
    </BareCall>
  ),
);

/**
 * Microphone, camera, screen, devices and the way out.
 *
 * @example
 * <CallToolbar {...useCallControls()} deviceMenu={null} isNarrow={useIsNarrow()} />
 */
export const CallToolbar = onDemand<CallToolbarProps>(
  (parts) => parts.CallToolbar,
  ({ microphone, leaveProps, leaveLabel }) => <BareControls {...{ microphone, leaveProps, leaveLabel }} />,
);

/**
 * The call while another page is open: who speaks, how long, microphone and the way out.
 *
 * @example
 * <MiniCallBar {...{ call, people, speaker, microphone, leaveProps, leaveLabel, open }} />
 */
export const MiniCallBar = onDemand<MiniCallBarProps>(
  (parts) => parts.MiniCallBar,
  ({ call, people, microphone, leaveProps, leaveLabel }) => (
    <BareCall {...{ call, people }} height="auto">
      <BareControls {...{ microphone, leaveProps, leaveLabel }} />
    </BareCall>
  ),
);

/**
 * One person in the call, or the screen they share. The list item around it carries their name.
 *
 * @example <li aria-label={participant.person.displayName}><ParticipantTile participant={participant} size="tile" source="camera" /></li>
 */
export const ParticipantTile = onDemand<ParticipantTileProps>((parts) => parts.ParticipantTile);

/**
 * A call that may not or cannot be: what happened in words, one sentence, and nothing rings.
 *
 * @example
 * const refusal = useRefusal();
 * return refusal && <RefusalAlert {...refusal} />;
 */
export const RefusalAlert = onDemand<RefusalAlertProps>(
  (parts) => parts.RefusalAlert,
  Nothing,
  ({ title, detail, dismiss }) => <BareCard {...{ title, detail }} close={dismiss} />,
);

/**
 * One callee of a group while it rings: who, how it stands, and the one thing to do about it.
 *
 * @example
 * <li aria-label={participant.person.displayName}><RingCard participant={participant} /></li>
 */
export const RingCard = onDemand<RingCardProps>((parts) => parts.RingCard);

/**
 * The top line of a call: how long, with whom, how well connected.
 *
 * @example
 * <CallBar {...{ call, people }} place="dock"><PeopleMenu people={people} /></CallBar>
 */
export const CallBar = onDemand<CallBarProps>((parts) => parts.CallBar);

/**
 * Everyone the call concerns, with how loud each is on this device and a way to ring those who are missing.
 *
 * @example
 * <PeopleMenu people={useCall().people} />
 */
export const PeopleMenu = onDemand<PeopleMenuProps>((parts) => parts.PeopleMenu);

/**
 * The one whose return the call waits for, and how long it will.
 *
 * @example
 * <Countdown participant={participant} />
 */
export const Countdown = onDemand<CountdownProps>((parts) => parts.Countdown);

/**
 * One notice across the top of the call. What keeps the participant from being heard interrupts a screen reader.
 *
 * @example
 * useCall().notices.map((notice) => <ConnectionBanner key={notice.id} notice={notice} />)
 */
export const ConnectionBanner = onDemand<ConnectionBannerProps>((parts) => parts.ConnectionBanner);

/**
 * Chooses microphone, speaker and camera, with a live level, a test tone and, before a call, the own picture.
 *
 * @example
 * <DeviceMenu {...{ microphone, speaker, camera }} {...useLevel()} {...useSpeakerTest()} backgroundBlur={blur} cameraPreview={null} />
 */
export const DeviceMenu = onDemand<DeviceMenuProps>((parts) => parts.DeviceMenu);

/**
 * How the call went, once it has ended: outcome, length, and the next steps.
 *
 * @example
 * const ended = useEndedCall();
 * return ended && <EndedCard {...ended} />;
 */
export const EndedCard = onDemand<EndedCardProps>((parts) => parts.EndedCard);

/**
 * Shown while this person's call runs on another device of theirs, or in another tab.
 *
 * @example
 * const move = useMoveCall();
 * return move && <MoveCallCard {...move} />;
 */
export const MoveCallCard = onDemand<MoveCallCardProps>((parts) => parts.MoveCallCard);

/**
 * Asks once more on a phone, where a thumb slips easily: who will ring, Join call or Cancel; before that one
 * can check one's devices.
 *
 * @example
 * const sheet = useStartCallSheet();
 * return sheet && <StartCallSheet {...sheet} deviceMenu={<DeviceCheck />} />;
 */
export const StartCallSheet = onDemand<StartCallSheetProps>(
  (parts) => parts.StartCallSheet,
  Nothing,
  ({ cancel }) => <NotLoaded close={cancel} />,
);

/**
 * One call at a time: names the call that is left and the one that is taken. Escape means Stay.
 *
 * @example
 * const question = useSwitchCall();
 * return question && <SwitchCallDialog {...question} />;
 */
export const SwitchCallDialog = onDemand<SwitchCallDialogProps>(
  (parts) => parts.SwitchCallDialog,
  Nothing,
  ({ stay }) => <NotLoaded close={stay} />,
);
