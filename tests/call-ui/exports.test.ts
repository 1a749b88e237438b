import { expect, test } from 'vitest';
import * as kit from '@/lib/call-ui';

/** What other apps build on. Removing or renaming a line here breaks them: do it on purpose. */
const exported = [
  'CallButton',
  'CallEntryLine',
  'CallError',
  'CallMiniBar',
  'CallOverlay',
  'CallProvider',
  'CallScreen',
  'JoinCallButton',
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
  'joinNames',
  'lengthInWords',
  'makeClientId',
  'onPreferences',
  'readPreferences',
  'rejoinMsLeft',
  'ringMsLeft',
  'ringtoneLabels',
  'ringtoneNames',
  'shortcutActions',
  'useCall',
  'useCallControls',
  'useCallEntry',
  'useCallNotifications',
  'useCallPlace',
  'useCallPreferences',
  'useCalls',
  'useConnection',
  'useDevices',
  'useDuration',
  'useEndedCall',
  'useIncomingCall',
  'useIncomingCalls',
  'useIsHidden',
  'useIsNarrow',
  'useLevel',
  'useMoveCall',
  'usePictureInPicture',
  'useRefusal',
  'useRingingTitle',
  'useRingtoneTest',
  'useShortcuts',
  'useSlot',
  'useSpeakerTest',
  'useStandingBar',
  'useStandingScreen',
  'useStartCall',
  'useStartCallSheet',
  'useSwitchCall',
];

test('the kit exports exactly this', () => {
  expect(Object.keys(kit).sort()).toEqual(exported);
});

test('every slot has a default', () => {
  const slots = Object.entries(kit.defaultComponents);
  expect(slots).toHaveLength(17);
  for (const [name, component] of slots) expect(component, name).toBeTypeOf('function');
});
