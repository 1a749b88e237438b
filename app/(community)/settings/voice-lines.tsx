'use client';

import { useCallPreferences, useVoiceComparison } from '@parley/call-kit';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { Line } from './line';
import css from './settings.module.css';

const filterChoices = [
  { value: 'auto', label: 'settings.automatic' },
  { value: 'on', label: 'settings.on' },
  { value: 'off', label: 'settings.off' },
] as const;
const recordWords = {
  empty: 'settings.record',
  recording: 'settings.stopRecording',
  ready: 'settings.recordAgain',
} as const;
const kept = { auto: null, on: true, off: false } as const;

/** How one's own voice is treated before it is sent. */
export function VoiceLines() {
  const t = useText();
  const { preferences, change } = useCallPreferences();
  const { noiseFilter, noiseSuppression, echoCancellation } = preferences;
  return (
    <>
      <Line
        name={t('settings.noiseSuppression')}
        detail={t('settings.noiseSuppressionHelp')}
        control={(ids) => (
          <Toggle {...ids} isOn={noiseSuppression} onChange={(isOn) => change({ noiseSuppression: isOn })} />
        )}
      />
      <Line
        name={t('settings.noiseFilter')}
        detail={t('settings.noiseFilterHelp')}
        control={(ids) => (
          <Choice
            {...ids}
            options={filterChoices.map(({ value, label }) => ({ value, label: t(label) }))}
            value={noiseFilter === null ? 'auto' : noiseFilter ? 'on' : 'off'}
            onChange={(choice) => change({ noiseFilter: kept[choice] })}
          />
        )}
      />
      <VoiceComparisonLine />
      <Line
        name={t('settings.echo')}
        detail={t('settings.echoHelp')}
        control={(ids) => (
          <Toggle {...ids} isOn={echoCancellation} onChange={(isOn) => change({ echoCancellation: isOn })} />
        )}
      />
    </>
  );
}

/** Opens the microphone on a click only, and for as long as it records. */
function VoiceComparisonLine() {
  const t = useText();
  const { phase, record, playing, play, problem } = useVoiceComparison();
  return (
    <>
      <Line
        name={t('settings.voiceComparison')}
        detail={t('settings.voiceComparisonHelp')}
        control={() => (
          <div className={css.buttons}>
            {phase === 'ready' && (
              <>
                <Button tone="ghost" onClick={() => play('before')}>
                  {t(playing === 'before' ? 'settings.stop' : 'settings.playBefore')}
                </Button>
                <Button tone="ghost" onClick={() => play('after')}>
                  {t(playing === 'after' ? 'settings.stop' : 'settings.playAfter')}
                </Button>
              </>
            )}
            <Button tone="ghost" onClick={record}>
              {t(recordWords[phase])}
            </Button>
          </div>
        )}
      />
      {problem && (
        <div className={css.problem}>
          <Problem>{problem}</Problem>
        </div>
      )}
    </>
  );
}
