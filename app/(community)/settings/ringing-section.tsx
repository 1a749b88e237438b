'use client';

import { ringtoneNames, useCallPreferences, useRingtoneTest, useWords } from '@parley/call-kit';
import { Play, Square } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useText } from '../../_language/text-provider';
import { IconButton } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Line, Section } from './line';
import { NotificationLine } from './notification-line';
import { PushLines } from './push-lines';
import css from './settings.module.css';

/** Ringtone and ring volume on this device. */
export function RingingSection() {
  const t = useText();
  const { preferences, change } = useCallPreferences();
  const test = useRingtoneTest();
  const { ringtones } = useWords();
  const tones = ringtoneNames.map((value) => ({ value, label: ringtones[value] }));
  return (
    <Section id="ringing" title={t('settings.ringing')}>
      <Line
        name={t('settings.ringtone')}
        control={(ids) => (
          <>
            <IconButton
              label={t(test.isPlaying ? 'settings.stopRingtone' : 'settings.playRingtone')}
              onClick={test.isPlaying ? test.stop : test.play}
            >
              {test.isPlaying ? (
                <Square size={18} strokeWidth={1.75} aria-hidden="true" />
              ) : (
                <Play size={18} strokeWidth={1.75} aria-hidden="true" />
              )}
            </IconButton>
            <Choice
              {...ids}
              options={tones}
              value={preferences.ringtone}
              onChange={(ringtone) => change({ ringtone })}
            />
          </>
        )}
      />
      <Line
        name={t('settings.ringVolume')}
        control={(ids) => (
          <input
            className={css.slider}
            style={{ '--v': `${preferences.ringVolume}%` } as CSSProperties}
            type="range"
            min={0}
            max={100}
            aria-labelledby={ids.labelledBy}
            value={preferences.ringVolume}
            onChange={(event) => change({ ringVolume: event.target.valueAsNumber })}
          />
        )}
      />
      <NotificationLine />
      <PushLines />
    </Section>
  );
}
