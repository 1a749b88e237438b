'use client';

import { useCallPreferences } from '@/lib/call-ui';
import { Toggle } from '../../_ui/toggle';
import { Line } from './line';

/** How a call begins for the microphone. */
export function TalkingLines() {
  const { preferences, change } = useCallPreferences();
  return (
    <Line
      name="Join calls muted"
      control={(ids) => (
        <Toggle
          {...ids}
          isOn={preferences.isJoiningMuted}
          onChange={(isJoiningMuted) => change({ isJoiningMuted })}
        />
      )}
    />
  );
}
