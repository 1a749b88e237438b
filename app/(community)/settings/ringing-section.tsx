'use client';

import { ringtoneLabels, ringtoneNames, useCallPreferences, useRingtoneTest } from '@parley/call-kit';
import { Play, Square } from 'lucide-react';
import type { CSSProperties } from 'react';
import { IconButton } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Line, Section } from './line';
import { NotificationLine } from './notification-line';
import css from './settings.module.css';

const tones = ringtoneNames.map((value) => ({ value, label: ringtoneLabels[value] }));

/** Ringtone and ring volume on this device. */
export function RingingSection() {
  const { preferences, change } = useCallPreferences();
  const test = useRingtoneTest();
  return (
    <Section id="ringing" title="Ringing">
      <Line
        name="Ringtone"
        control={(ids) => (
          <>
            <IconButton
              label={test.isPlaying ? 'Stop ringtone' : 'Play ringtone'}
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
        name="Ring volume"
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
    </Section>
  );
}
