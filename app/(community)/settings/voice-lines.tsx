'use client';

import { useCallPreferences, useVoiceComparison } from '@parley/call-kit';
import { Button, Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { Line } from './line';
import css from './settings.module.css';

const filterChoices = [
  { value: 'auto', label: 'Automatic' },
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;
const kept = { auto: null, on: true, off: false } as const;

/** How one's own voice is treated before it is sent. */
export function VoiceLines() {
  const { preferences, change } = useCallPreferences();
  const { noiseFilter, noiseSuppression, echoCancellation } = preferences;
  return (
    <>
      <Line
        name="Noise suppression"
        detail="Takes steady noise such as a fan out of your voice."
        control={(ids) => (
          <Toggle {...ids} isOn={noiseSuppression} onChange={(isOn) => change({ noiseSuppression: isOn })} />
        )}
      />
      <Line
        name="Noise filter"
        detail="Takes keyboards and barking out, too. Dulls music."
        control={(ids) => (
          <Choice
            {...ids}
            options={filterChoices}
            value={noiseFilter === null ? 'auto' : noiseFilter ? 'on' : 'off'}
            onChange={(choice) => change({ noiseFilter: kept[choice] })}
          />
        )}
      />
      <VoiceComparisonLine />
      <Line
        name="Echo cancellation"
        detail="Turn it off only when everyone wears headphones."
        control={(ids) => (
          <Toggle {...ids} isOn={echoCancellation} onChange={(isOn) => change({ echoCancellation: isOn })} />
        )}
      />
    </>
  );
}

/** Opens the microphone on a click only, and for as long as it records. */
function VoiceComparisonLine() {
  const { phase, record, playing, play, problem } = useVoiceComparison();
  return (
    <>
      <Line
        name="Your voice, before and after"
        detail="Five seconds, played without and with the filter."
        control={() => (
          <div className={css.buttons}>
            {phase === 'ready' && (
              <>
                <Button look="ghost" onClick={() => play('before')}>
                  {playing === 'before' ? 'Stop' : 'Play before'}
                </Button>
                <Button look="ghost" onClick={() => play('after')}>
                  {playing === 'after' ? 'Stop' : 'Play after'}
                </Button>
              </>
            )}
            <Button look="ghost" onClick={record}>
              {phase === 'recording' ? 'Stop recording' : phase === 'ready' ? 'Record again' : 'Record'}
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
