import * as kit from '@parley/call-kit';
import * as headless from '@parley/call-kit/headless';
import * as inCall from '@parley/call-kit/in-call';
import * as liveKit from '@parley/call-kit/livekit';
import * as settings from '@parley/call-kit/settings';
import * as testing from '@parley/call-kit/testing';
import { expect, test } from 'vitest';

/** What other apps build on. Removing or renaming a line here breaks them: do it on purpose. */
const exported = [
  'ArrivingCall',
  'Avatar',
  'AvatarView',
  'CallBar',
  'CallBoundary',
  'CallButton',
  'CallButtonView',
  'CallDock',
  'CallEntry',
  'CallEntryLine',
  'CallError',
  'CallFallback',
  'CallMiniBar',
  'CallOverlay',
  'CallProvider',
  'CallScreen',
  'CallStage',
  'CallToolbar',
  'ConnectionBanner',
  'Countdown',
  'DeviceCheck',
  'DeviceMenu',
  'EndedCard',
  'Handset',
  'IncomingCall',
  'JoinCallButton',
  'LevelMeter',
  'MiniCallBar',
  'MoveCallCard',
  'OutgoingCall',
  'ParticipantTile',
  'PeopleMenu',
  'RefusalAlert',
  'RingCard',
  'Ringer',
  'StartCallSheet',
  'SwitchCallDialog',
  'VideoView',
  'avatarHue',
  'callDurationMs',
  'callPhase',
  'callStore',
  'changePreferences',
  'createCallClient',
  'createEventSource',
  'defaultComponents',
  'emptyCallStore',
  'formatDuration',
  'initialOf',
  'initialsOf',
  'isolateText',
  'joinNames',
  'lengthInWords',
  'makeClientId',
  'notifyWhileAway',
  'onPreferences',
  'readPreferences',
  'rejoinMsLeft',
  'ringMsLeft',
  'ringtoneNames',
  'shortcutActions',
  'showWhileAway',
  'useBackgroundBlur',
  'useCall',
  'useCallControls',
  'useCallEntry',
  'useCallNotifications',
  'useCallPlace',
  'useCallPreferences',
  'useCalls',
  'useCameraPreview',
  'useConnection',
  'useDevices',
  'useDockEdge',
  'useDuration',
  'useEndedCall',
  'useFeatures',
  'useIncomingCall',
  'useIncomingCalls',
  'useIsHidden',
  'useIsInFront',
  'useIsNarrow',
  'useIsSideways',
  'useLevel',
  'useLongPress',
  'useMoveCall',
  'useNoticeWords',
  'useOwnHand',
  'usePerson',
  'usePictureInPicture',
  'usePopOut',
  'useRefreshPeople',
  'useRefusal',
  'useRegisterCallScreen',
  'useRegisterMiniBar',
  'useRingMember',
  'useRinger',
  'useRingingTitle',
  'useRingtoneTest',
  'useShortcuts',
  'useSlot',
  'useSoundCheckToggle',
  'useSpeakerTest',
  'useStageView',
  'useStartCall',
  'useStartCallSheet',
  'useSwitchCall',
  'useUnreadCount',
  'useVoiceComparison',
  'useWords',
];

test('the kit exports exactly this', () => {
  expect(Object.keys(kit).sort()).toEqual(exported);
  expect(Object.keys(settings)).toEqual(['usePushToTalk']);
  expect(Object.keys(testing).sort()).toEqual(['RuleBroken', 'transportRules']);
  expect(Object.keys(liveKit).sort()).toEqual(['LiveKitRoomScope', 'useLiveKitRoom', 'useParticipant']);
  expect(Object.keys(inCall).sort()).toEqual([
    'GesturesMenu',
    'GesturesShown',
    'PopOutCall',
    'SoundCheckPanel',
    'useGestures',
    'useSoundCheck',
  ]);
});

test('headless is the kit without what is seen', () => {
  const own = Object.keys(headless).filter((name) => !exported.includes(name));
  expect(own).toEqual(['HeadlessCallProvider']);
  expect(Object.keys(headless)).not.toContain('CallButton');
  expect(Object.keys(headless).length).toBeGreaterThan(40);
});

test('every slot has a default', () => {
  const slots = Object.entries(kit.defaultComponents);
  expect(slots).toHaveLength(23);
  for (const [name, component] of slots) expect(component, name).toBeTypeOf('function');
});
