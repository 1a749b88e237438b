import {
  CallEntry,
  CallFallback,
  DeviceMenu,
  EndedCard,
  IncomingCall,
  type IncomingCallProps,
  MiniCallBar,
  MoveCallCard,
  OutgoingCall,
  RefusalAlert,
  StartCallSheet,
  SwitchCallDialog,
} from '@parley/call-kit';
import type { CallView, CallEntry as Entry } from '@parley/call-protocol';
import type { ReactNode } from 'react';
import { classNames } from '@/lib/call-ui/components/class-names';
import popover from '@/lib/call-ui/components/popover.module.css';
import theme from '@/lib/call-ui/components/theme.module.css';
import { alice, pressed as button, control, nothing, others, summary, who } from './people';
import css from './scene-frame.module.css';
import { SceneToolbar } from './scene-toolbar';

/** Where each part of a surface stands on the page. */
export type SurfaceScene = {
  /** Over the page, at a place of its own. */
  over?: ReactNode;
  /** Among the cards under the header. */
  card?: ReactNode;
  /** Above the messages. */
  dock?: ReactNode;
  /** At the foot of the sidebar. */
  aside?: ReactNode;
  /** Among the messages. */
  line?: ReactNode;
  /** Without a page around it. */
  alone?: ReactNode;
  /** How much room it has there. Default: as much as it needs. */
  shape?: 'tile' | 'wide';
};

const [bob, carol] = [who('Bob').person, who('Carol').person];
const longName = who('Maximiliana von Hohenzollern-Sigmaringen').person;
const people = [...others(5), alice()];
const leave = (isNarrow: boolean) => ({ leaveProps: button, leaveLabel: isNarrow ? 'Leave' : 'Disconnect' });

function callView(kind: 'direct' | 'group', line: string | null = null): CallView {
  const conversation = { id: 'conversation', kind, title: kind === 'group' ? 'Weekend trip' : null };
  return {
    ...{ id: 'call', conversation, callerId: bob.id, viewerId: 'Alice', status: 'ringing', endReason: null },
    myRing: { id: 'ring', msLeft: 40_000, isQuiet: false, ringerId: bob.id },
    ...{ holderClientId: null, people: [], line, elapsedMs: null, revision: 1 },
  };
}

const ring = (isNarrow: boolean, change: Partial<IncomingCallProps> = {}) => (
  <IncomingCall
    {...{ call: callView('direct'), caller: bob, groupTitle: null, msLeft: 40_000, isNarrow }}
    {...{ acceptProps: button, declineProps: button, reply: nothing, unblockSound: null }}
    shortcuts={isNarrow ? null : { accept: 'Ctrl Shift S', decline: 'Ctrl Shift D' }}
    {...change}
  />
);

const alsoCalling = {
  ...{ text: 'Carol is calling, too', label: 'Show Carol', caller: carol, show: nothing },
};

const outgoing = (isNarrow: boolean, kind: 'direct' | 'group') => {
  const call = summary({ phase: 'outgoing', kind, title: kind === 'group' ? 'Weekend trip' : 'Bob' });
  const states = ['ringing', 'declined', 'no_answer', 'unreachable', 'calling'] as const;
  const words = ['Ringing…', 'Declined', 'No answer', 'Not reachable', 'Calling…'];
  const rung = others(kind === 'group' ? 5 : 1, (index) => ({
    state: states[index] ?? 'ringing',
    stateText: words[index] ?? '',
    ...(index === 0 ? { stopRinging: nothing } : index < 4 ? { ringAgain: nothing } : {}),
  }));
  return (
    <OutgoingCall
      {...{ call, isNarrow, expand: nothing, collapse: nothing }}
      people={[...rung, alice()]}
      phase="outgoing"
    >
      <SceneToolbar isRinging people={[alice()]} />
    </OutgoingCall>
  );
};

const entry = (outcome: Entry['outcome'], callerId = bob.id): ReactNode => (
  <CallEntry
    key={`${outcome} ${callerId}`}
    entry={{
      ...{ callId: outcome, conversationId: 'conversation', conversationKind: 'direct', callerId, outcome },
      personIds: [callerId === 'Alice' ? bob.id : 'Alice'],
      lengthMs: outcome === 'completed' ? 724_000 : null,
      line: outcome === 'completed' ? 'about the shelves?' : null,
      startedAt: 0,
    }}
    viewerId="Alice"
    personOf={(id) => who(id).person}
    count={outcome === 'missed' ? 3 : 1}
    timeText="10:02"
    joinProps={outcome === 'live' ? button : null}
    callBackProps={outcome === 'missed' ? button : null}
  />
);

const devices = (['audioinput', 'audiooutput', 'videoinput'] as const).map((kind, index) => ({
  ...{ kind, label: ['Microphone', 'Speaker', 'Camera'][index] ?? '', selectedId: 'one', select: nothing },
  choices: [{ id: 'one', label: 'Built in' }],
  isSupported: true,
}));

function deviceMenu() {
  const [microphone, speaker, camera] = devices;
  if (!microphone || !speaker || !camera) return null;
  return (
    <DeviceMenu
      {...{ microphone, speaker, camera, testSpeaker: nothing, isTestingSpeaker: false }}
      subscribeLevel={() => nothing}
      microphoneProblem="The microphone is in use by another program."
      backgroundBlur={{ isOffered: true, isOn: true, setOn: nothing }}
      cameraPreview={{ isOn: false, toggle: nothing, source: null, problem: null }}
    />
  );
}

/** Every state of what arrives, asks or lies beside a call, by name; a function of how wide the window is. */
export const surfaceScenes: Record<string, (isNarrow: boolean) => SurfaceScene> = {
  ring: (isNarrow) => ({ over: ring(isNarrow) }),
  'ring-group': (isNarrow) => ({
    over: ring(isNarrow, { call: callView('group'), groupTitle: 'Weekend trip', caller: longName }),
  }),
  'ring-line': (isNarrow) => ({
    over: ring(isNarrow, { call: callView('direct', 'about the shelves?'), unblockSound: nothing }),
  }),
  'ring-two': (isNarrow) => ({
    over: (
      <>
        {ring(isNarrow, { caller: carol, stackIndex: 1, bringToFront: nothing })}
        {ring(isNarrow, { alsoCalling })}
      </>
    ),
  }),
  'ring-in-call': (isNarrow) => ({ over: ring(isNarrow, { isInCall: true, alsoCalling }) }),
  outgoing: (isNarrow) => ({ dock: outgoing(isNarrow, 'direct') }),
  'outgoing-group': (isNarrow) => ({ dock: outgoing(isNarrow, 'group') }),
  'start-call': (isNarrow) => ({
    over: (
      <StartCallSheet
        {...{ people: [bob, longName], title: 'Weekend trip', joinProps: button, cancel: nothing, isNarrow }}
        {...{ line: 'about the shelves?', setLine: nothing, charactersOver: 3 }}
        deviceMenu={deviceMenu()}
      />
    ),
  }),
  'switch-call': (isNarrow) => ({
    over: (
      <SwitchCallDialog
        from={{ title: 'Weekend trip', kind: 'group', person: null, conversationId: 'conversation' }}
        to={{ title: longName.displayName, kind: 'direct', person: longName, entry: 'accept' }}
        {...{ durationMs: 724_000, switchProps: button, stay: nothing, isNarrow }}
      />
    ),
  }),
  ended: () => ({
    card: (
      <EndedCard
        {...{ title: 'Bob declined', detail: '', person: bob, groupTitle: null }}
        {...{ callAgainProps: button, messageProps: button, dismiss: nothing }}
      />
    ),
  }),
  refused: () => ({
    card: <RefusalAlert title="Action not allowed" detail="Erin can’t be called by you." dismiss={nothing} />,
  }),
  'move-call': () => ({
    card: <MoveCallCard title="Weekend trip" moveProps={button} dismiss={nothing} />,
  }),
  // Under a phone's header, under the list of conversations elsewhere.
  'mini-bar': (isNarrow) => ({
    [isNarrow ? 'dock' : 'aside']: (
      <MiniCallBar
        {...{ call: summary(), people, speaker: people[0] ?? null, open: nothing }}
        {...leave(isNarrow)}
        microphone={control(false)}
      />
    ),
  }),
  fallback: (isNarrow) => ({
    dock: <CallFallback microphone={control(true)} {...leave(isNarrow)} retry={nothing} />,
  }),
  devices: () => ({
    over: (
      <div role="dialog" aria-label="Devices" className={classNames(theme.kit, popover.popup, css.popup)}>
        {deviceMenu()}
      </div>
    ),
  }),
  entries: () => ({
    line: [
      ...(['live', 'missed', 'completed', 'declined', 'no_answer'] as const).map((one) => entry(one)),
      ...(['unreachable', 'cancelled', 'failed'] as const).map((one) => entry(one, 'Alice')),
    ],
  }),
};
