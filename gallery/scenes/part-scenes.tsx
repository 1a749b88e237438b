import {
  AvatarView,
  CallBar,
  CallButtonView,
  type CallParticipant,
  ConnectionBanner,
  Countdown,
  LevelMeter,
  ParticipantTile,
  type ParticipantTileProps,
  PeopleMenu,
  RingCard,
} from '@parley/call-kit';
import { GesturesMenu, GesturesShown } from '@parley/call-kit/in-call';
import { alice, pressed as button, nothing, others, summary, who } from './people';
import { picture, sharedScreen } from './picture';
import { toolbarOf } from './scene-toolbar';
import type { SurfaceSceneOf } from './surface-scenes';

const callButton = (
  label: string,
  state: 'idle' | 'busy' | 'ringing' | 'live' | 'in_call',
  look: 'header' | 'profile' | 'list' | 'icon' = 'header',
) => <CallButtonView key={`${label} ${look}`} buttonProps={button} {...{ label, state, look }} />;

const tile = (participant: CallParticipant, change: Partial<ParticipantTileProps> = {}) => (
  <ParticipantTile participant={participant} size="tile" source="camera" {...change} />
);

const avatar = (name: string, size: number) => {
  const { id, hue } = who(name).person;
  return <AvatarView key={name} {...{ id, name, size }} hue={hue} />;
};

/** Each part for itself, as an app would put it into one of its own. */
export const partScenes: Record<string, SurfaceSceneOf> = {
  'call-button': (_isNarrow, { start }) => ({
    alone: [
      callButton(start.call, 'idle'),
      callButton(start.join, 'live'),
      callButton(start.calling, 'busy'),
      callButton(start.incoming({ name: 'Bob' }), 'ringing'),
      callButton(start.inCall, 'in_call'),
    ],
  }),
  'call-button-looks': (_isNarrow, { start }) => ({
    alone: (['header', 'profile', 'list', 'icon'] as const).map((look) =>
      callButton(start.call, 'idle', look),
    ),
  }),
  avatar: () => ({
    alone: ['Bob', 'Carol', 'ليلى حداد', '李小龍', '🌻 Sunny'].map((name) => avatar(name, 64)),
  }),
  'tile-voice': () => ({ alone: tile(who('Bob', { isSpeaking: true, handPlace: 1 })), shape: 'tile' }),
  'tile-picture': () => ({ alone: tile(who('Bob', { camera: picture('Bob') })), shape: 'tile' }),
  'tile-ringing': (_isNarrow, { person }) => ({
    alone: tile(who('Bob', { state: 'ringing', stateText: person.state.ringing, stopRinging: nothing })),
    shape: 'tile',
  }),
  'tile-weak': () => ({ alone: tile(who('Bob', { quality: 'weak', isMuted: true })), shape: 'tile' }),
  'tile-screen': () => ({
    alone: tile(who('Bob', { screen: sharedScreen('Bob') }), { source: 'screen', popOut: nothing }),
    shape: 'tile',
  }),
  'tile-dock': () => ({ alone: tile(who('Bob', { isMuted: true }), { size: 'dock' }) }),
  'tile-strip': () => ({ alone: tile(who('Bob'), { size: 'strip' }) }),
  'ring-card': (_isNarrow, { person }) => ({
    alone: [
      <RingCard
        key="ringing"
        participant={who('Bob', { state: 'ringing', stateText: person.state.ringing, stopRinging: nothing })}
      />,
      <RingCard
        key="declined"
        participant={who('Carol', {
          state: 'declined',
          stateText: person.state.declined,
          ringAgain: nothing,
        })}
      />,
    ],
  }),
  'countdown-alone': (_isNarrow, { person }) => ({
    alone: (
      <Countdown
        participant={who('Bob', {
          state: 'rejoining',
          stateText: person.state.rejoining,
          rejoinMsLeft: 11_000,
        })}
      />
    ),
  }),
  notice: () => ({
    alone: (
      <ConnectionBanner notice={{ id: 'microphone_blocked', problem: 'refused', name: null, act: nothing }} />
    ),
    shape: 'wide',
  }),
  toolbar: (isNarrow, words) => ({
    alone: toolbarOf({ people: [...others(2), alice()] }, isNarrow, words),
  }),
  'call-bar': () => ({
    alone: (
      <CallBar call={summary()} people={[...others(2), alice()]} place="dock" openSoundCheck={nothing} />
    ),
    shape: 'wide',
  }),
  'people-menu': () => ({ alone: <PeopleMenu people={[...others(5), alice()]} isLarge /> }),
  'level-meter': () => ({
    alone: (
      <LevelMeter
        subscribe={(listener) => {
          listener(0.6);
          return nothing;
        }}
      />
    ),
  }),
  reactions: () => ({
    alone: <GesturesMenu isDisabled={false} isHandRaised toggleHand={nothing} react={nothing} />,
  }),
  'raised-hands': () => ({
    alone: (
      <GesturesShown
        hands={[who('Bob').person, who('Carol').person]}
        reactions={[{ id: 1, person: who('Bob').person, reaction: 'party' }]}
      />
    ),
  }),
};
