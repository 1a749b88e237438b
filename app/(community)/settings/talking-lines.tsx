'use client';

import { useCallPreferences } from '@parley/call-kit';
import { usePushToTalk } from '@parley/call-kit/settings';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { KeyButton } from './key-button';
import { Line } from './line';

const modes = [
  { value: 'off', label: 'settings.off' },
  { value: 'talk', label: 'settings.pushToTalk' },
  { value: 'mute', label: 'settings.pushToMute' },
] as const;

const details = {
  off: 'settings.pushOffHelp',
  talk: 'settings.pushToTalkHelp',
  mute: 'settings.pushToMuteHelp',
} as const;

/** How a call begins for the microphone, and the key that opens or mutes it. */
export function TalkingLines() {
  const t = useText();
  const { preferences, change } = useCallPreferences();
  const { mode, setMode, keys, setCode, hold } = usePushToTalk();
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <Line
        name={t('settings.reactions')}
        detail={t('settings.reactionsHelp')}
        control={(ids) => (
          <Toggle
            {...ids}
            isOn={preferences.showsReactions}
            onChange={(showsReactions) => change({ showsReactions })}
          />
        )}
      />
      <Line
        name={t('settings.joinMuted')}
        control={(ids) => (
          <Toggle
            {...ids}
            isOn={preferences.isJoiningMuted}
            onChange={(isJoiningMuted) => change({ isJoiningMuted })}
          />
        )}
      />
      <Line
        name={t('settings.pushToTalk')}
        detail={t(details[mode])}
        control={(ids) => (
          <Choice
            labelledBy={ids.labelledBy}
            options={modes.map(({ value, label }) => ({ value, label: t(label) }))}
            value={mode}
            onChange={setMode}
          />
        )}
      />
      {mode !== 'off' && (
        <Line
          name={t('settings.keyToHold')}
          detail={problem ?? t('settings.keyHelp')}
          control={() => (
            <KeyButton
              {...{ keys, setCode, hold }}
              name={t('settings.keyToHold')}
              prompt={t('settings.pressKey')}
              takesModifiers
              onProblem={setProblem}
            />
          )}
        />
      )}
    </>
  );
}
