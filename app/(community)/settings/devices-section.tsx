'use client';

import {
  type DeviceSelect,
  LevelMeter,
  useBackgroundBlur,
  useCameraPreview,
  useDevices,
  useLevel,
  useSpeakerTest,
  VideoView,
} from '@parley/call-kit';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { Line, Section } from './line';
import css from './settings.module.css';
import { TalkingLines } from './talking-lines';
import { VoiceLines } from './voice-lines';

/** Microphone, speaker and camera of this device, each with a test. */
export function DevicesSection() {
  const t = useText();
  const microphone = useDevices('audioinput');
  const speaker = useDevices('audiooutput');
  const camera = useDevices('videoinput');
  const { testSpeaker, isTestingSpeaker } = useSpeakerTest();
  const preview = useCameraPreview();

  return (
    <Section id="devices" title={t('settings.devices')}>
      <Line
        name={t('settings.microphone')}
        control={(ids) => <DeviceChoice {...ids} device={microphone} />}
      />
      <MicrophoneLevel />
      <Line
        name={t('settings.speaker')}
        control={(ids) => (
          <>
            <Button tone="ghost" isBusy={isTestingSpeaker} onClick={testSpeaker}>
              {t('settings.playTest')}
            </Button>
            {/* Some browsers do not let pages choose a speaker; the test works there, too. */}
            {speaker.isSupported && <DeviceChoice {...ids} device={speaker} />}
          </>
        )}
      />
      <Line
        name={t('settings.camera')}
        control={(ids) => (
          <>
            <Button tone="ghost" onClick={preview.toggle}>
              {t(preview.isOn ? 'settings.hidePreview' : 'settings.showPreview')}
            </Button>
            <DeviceChoice {...ids} device={camera} />
          </>
        )}
      />
      {preview.source && (
        <div className={css.block}>
          <VideoView source={preview.source} className={css.preview} label={t('settings.cameraPreview')} />
        </div>
      )}
      {preview.problem && (
        <div className={css.problem}>
          <Problem>{preview.problem}</Problem>
        </div>
      )}
      <BlurLine />
      <VoiceLines />
      <TalkingLines />
    </Section>
  );
}

function BlurLine() {
  const t = useText();
  const { isOffered, isOn, setOn } = useBackgroundBlur();
  const detail = t(isOffered ? 'settings.blurHelp' : 'settings.blurMissing');
  return (
    <Line
      name={t('settings.backgroundBlur')}
      detail={detail}
      control={(ids) => isOffered && <Toggle {...ids} isOn={isOn} onChange={setOn} />}
    />
  );
}

function DeviceChoice({ device, labelledBy }: { device: DeviceSelect; labelledBy: string }) {
  const t = useText();
  const known = device.choices.map(({ id, label }) => ({ value: id, label }));
  const options = known.some((one) => one.value === '')
    ? known
    : [{ value: '', label: t('settings.systemDefault') }, ...known];
  const value = options.some((one) => one.value === device.selectedId) ? device.selectedId : '';
  return <Choice labelledBy={labelledBy} options={options} value={value} onChange={device.select} />;
}

/** Opens the microphone on a click only, never on page load. */
function MicrophoneLevel() {
  const t = useText();
  /** The microphone's level; 0 while it is closed. */
  const [attempt, setAttempt] = useState(0);
  const { subscribeLevel, problem } = useLevel();
  const isListening = attempt > 0 && problem === null;
  return (
    <>
      <Line
        name={t('settings.microphoneLevel')}
        detail={t('settings.microphoneLevelHelp')}
        control={() => (
          <>
            <Button tone="ghost" onClick={() => setAttempt(isListening ? 0 : attempt + 1)}>
              {t(isListening ? 'settings.stop' : 'settings.tryIt')}
            </Button>
            <div className={css.meter}>
              <LevelMeter key={attempt} subscribe={attempt > 0 ? subscribeLevel : null} />
            </div>
          </>
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
