import {
  ArrivingCall,
  CallEntry,
  CallFallback,
  type DeviceKind,
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
import type { Words } from '@parley/call-kit/words';
import type { CallView, CallEntry as Entry } from '@parley/call-protocol';
import type { ReactNode } from 'react';
import { classNames } from '@/lib/call-ui/components/class-names';
import popover from '@/lib/call-ui/components/popover.module.css';
import theme from '@/lib/call-ui/components/theme.module.css';
import { stateText } from '@/lib/call-ui/controller/describe-call';
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

/** A scene, by how wide the window is and in which words. */
export type SurfaceSceneOf = (isNarrow: boolean, words: Words) => SurfaceScene;

const [bob, carol] = [who('Bob').person, who('Carol').person];
const longName = who('Maximiliana von Hohenzollern-Sigmaringen').person;
const people = [...others(5), alice()];
const leave = (isNarrow: boolean, { call }: Words) => ({
  leaveProps: button,
  leaveLabel: isNarrow ? call.leave : call.disconnect,
});

function callView(kind: 'direct' | 'group', line: string | null = null): CallView {
  const conversation = { id: 'conversation', kind, title: kind === 'group' ? 'Weekend trip' : null };
  return {
    ...{ id: 'call', conversation, callerId: bob.id, viewerId: 'Alice', status: 'ringing', endReason: null },
    myRing: { id: 'ring', msLeft: 40_000, isQuiet: false, ringerId: bob.id },
    ...{ holderClientId: null, people: [], line, elapsedMs: null, revision: 1 },
  };
}

const ring = (isNarrow: boolean, { keys }: Words, change: Partial<IncomingCallProps> = {}) => (
  <IncomingCall
    {...{ call: callView('direct'), caller: bob, groupTitle: null, msLeft: 40_000, isNarrow }}
    {...{ acceptProps: button, declineProps: button, reply: nothing, unblockSound: null }}
    shortcuts={
      isNarrow
        ? null
        : { accept: keys.withModifiers({ key: 'S' }), decline: keys.withModifiers({ key: 'D' }) }
    }
    {...change}
  />
);

const alsoCalling = ({ incoming }: Words) => ({
  text: incoming.alsoCalling({ count: 1, names: [carol.displayName] }),
  label: incoming.show({ name: carol.displayName }),
  ...{ caller: carol, show: nothing },
});

const outgoing = (isNarrow: boolean, words: Words, kind: 'direct' | 'group') => {
  const call = summary({ phase: 'outgoing', kind, title: kind === 'group' ? 'Weekend trip' : 'Bob' });
  const states = ['ringing', 'declined', 'no_answer', 'unreachable', 'calling'] as const;
  const rung = others(kind === 'group' ? 5 : 1, (index) => ({
    state: states[index] ?? 'ringing',
    stateText: stateText(states[index] ?? 'ringing', words),
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

function deviceMenu({ devices }: Words) {
  const device = (kind: DeviceKind) => ({
    ...{ kind, label: devices[kind], selectedId: 'one', select: nothing },
    choices: [{ id: 'one', label: devices.systemDefault }],
    isSupported: true,
  });
  return (
    <DeviceMenu
      microphone={device('audioinput')}
      speaker={device('audiooutput')}
      camera={device('videoinput')}
      {...{ testSpeaker: nothing, isTestingSpeaker: false }}
      subscribeLevel={() => nothing}
      microphoneProblem={devices.microphone.busy}
      backgroundBlur={{ isOffered: true, isOn: true, setOn: nothing }}
      cameraPreview={{ isOn: false, toggle: nothing, source: null, problem: null }}
    />
  );
}

/** Every state of what arrives, asks or lies beside a call, by name. */
export const surfaceScenes: Record<string, SurfaceSceneOf> = {
  ring: (isNarrow, words) => ({ over: ring(isNarrow, words) }),
  'ring-group': (isNarrow, words) => ({
    over: ring(isNarrow, words, { call: callView('group'), groupTitle: 'Weekend trip', caller: longName }),
  }),
  'ring-line': (isNarrow, words) => ({
    over: ring(isNarrow, words, { call: callView('direct', 'about the shelves?'), unblockSound: nothing }),
  }),
  'ring-two': (isNarrow, words) => ({
    over: (
      <>
        {ring(isNarrow, words, { caller: carol, stackIndex: 1, bringToFront: nothing })}
        {ring(isNarrow, words, { alsoCalling: alsoCalling(words) })}
      </>
    ),
  }),
  'ring-in-call': (isNarrow, words) => ({
    over: ring(isNarrow, words, { isInCall: true, alsoCalling: alsoCalling(words) }),
  }),
  outgoing: (isNarrow, words) => ({ dock: outgoing(isNarrow, words, 'direct') }),
  'outgoing-group': (isNarrow, words) => ({ dock: outgoing(isNarrow, words, 'group') }),
  'start-call': (isNarrow, words) => ({
    over: (
      <StartCallSheet
        {...{ people: [bob, longName], title: 'Weekend trip', joinProps: button, cancel: nothing, isNarrow }}
        {...{ line: 'about the shelves?', setLine: nothing, charactersOver: 3 }}
        deviceMenu={deviceMenu(words)}
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
  ended: (_isNarrow, words) => ({
    card: (
      <EndedCard
        {...{ title: words.ended.declinedBy({ name: 'Bob' }), detail: '', person: bob, groupTitle: null }}
        {...{ callAgainProps: button, messageProps: button, dismiss: nothing }}
      />
    ),
  }),
  refused: (_isNarrow, words) => ({
    card: (
      <RefusalAlert
        title={words.refusal.not_allowed}
        detail={words.refusal.cannotCall({ name: 'Erin' })}
        dismiss={nothing}
      />
    ),
  }),
  'move-call': () => ({
    card: <MoveCallCard title="Weekend trip" moveProps={button} dismiss={nothing} />,
  }),
  // Under a phone's header, under the list of conversations elsewhere.
  'mini-bar': (isNarrow, words) => ({
    [isNarrow ? 'dock' : 'aside']: (
      <MiniCallBar
        {...{ call: summary(), people, speaker: people[0] ?? null, open: nothing }}
        {...leave(isNarrow, words)}
        microphone={control(false)}
      />
    ),
  }),
  arriving: (isNarrow, words) => ({
    over: (
      <ArrivingCall
        {...{ call: { ...summary(), phase: 'connecting', stateText: words.call.connecting }, people }}
        {...leave(isNarrow, words)}
        microphone={control(true)}
        height={isNarrow ? 'full' : 'card'}
      />
    ),
  }),
  fallback: (isNarrow, words) => ({
    dock: <CallFallback microphone={control(true)} {...leave(isNarrow, words)} retry={nothing} />,
  }),
  devices: (_isNarrow, words) => ({
    over: (
      <div
        role="dialog"
        aria-label={words.toolbar.devices}
        className={classNames(theme.kit, popover.popup, css.popup)}
      >
        {deviceMenu(words)}
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
