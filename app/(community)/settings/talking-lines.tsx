'use client';

import { useCallPreferences } from '@parley/call-kit';
import { type PushToTalkState, usePushToTalk } from '@parley/call-kit/settings';
import { useState } from 'react';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { KeyButton } from './key-button';
import { Line } from './line';

const modes: { value: PushToTalkState['mode']; label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'talk', label: 'Push to talk' },
  { value: 'mute', label: 'Push to mute' },
];

const details = {
  off: 'Hold a key to talk, or to mute yourself.',
  talk: 'You are muted in calls until you hold the key.',
  mute: 'You are heard in calls except while you hold the key.',
};

/** How a call begins for the microphone, and the key that opens or mutes it. */
export function TalkingLines() {
  const { preferences, change } = useCallPreferences();
  const { mode, setMode, keys, setCode, hold } = usePushToTalk();
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <Line
        name="Reactions"
        detail="Shows and announces how people in a call react."
        control={(ids) => (
          <Toggle
            {...ids}
            isOn={preferences.showsReactions}
            onChange={(showsReactions) => change({ showsReactions })}
          />
        )}
      />
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
      <Line
        name="Push to talk"
        detail={details[mode]}
        control={(ids) => (
          <Choice
            labelledBy={ids.labelledBy}
            options={modes}
            value={mode}
            onChange={(value) => setMode(modes.find((one) => one.value === value)?.value ?? 'off')}
          />
        )}
      />
      {mode !== 'off' && (
        <Line
          name="Key to hold"
          detail={problem ?? 'Works while this page has the keyboard.'}
          control={() => (
            <KeyButton
              {...{ keys, setCode, hold }}
              name="Key to hold"
              prompt="Press a key"
              takesModifiers
              onProblem={setProblem}
            />
          )}
        />
      )}
    </>
  );
}
