'use client';

import { useEffect, useRef, useState } from 'react';
import { type DeviceSelect, useCallPreferences, useDevices, useLevel, useSpeakerTest } from '@/lib/call-ui';
import { Button, Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { CameraPreview } from './camera-preview';
import { LevelMeter } from './level-meter';
import { Line, Section } from './line';
import { openDevice } from './open-device';
import css from './settings.module.css';

/** Microphone, speaker and camera of this device, each with a way to try it. */
export function DevicesSection() {
  const microphone = useDevices('audioinput');
  const speaker = useDevices('audiooutput');
  const camera = useDevices('videoinput');
  const { preferences, change } = useCallPreferences();
  const { testSpeaker, isTestingSpeaker } = useSpeakerTest();
  const [isPreviewing, setPreviewing] = useState(false);

  return (
    <Section id="devices" title="Devices">
      <Line name="Microphone" control={(ids) => <DeviceChoice {...ids} device={microphone} />} />
      <MicrophoneLevel deviceId={microphone.selectedId} />
      {speaker.isSupported && (
        <Line
          name="Speaker"
          control={(ids) => (
            <>
              <Button look="ghost" isBusy={isTestingSpeaker} onClick={testSpeaker}>
                Play a test
              </Button>
              <DeviceChoice {...ids} device={speaker} />
            </>
          )}
        />
      )}
      <Line
        name="Camera"
        control={(ids) => (
          <>
            <Button look="ghost" onClick={() => setPreviewing(!isPreviewing)}>
              {isPreviewing ? 'Hide preview' : 'Show preview'}
            </Button>
            <DeviceChoice {...ids} device={camera} />
          </>
        )}
      />
      {isPreviewing && <CameraPreview deviceId={camera.selectedId} />}
      <Line
        name="Noise suppression"
        detail="Takes steady noise such as a fan out of your voice."
        control={(ids) => (
          <Toggle
            {...ids}
            isOn={preferences.noiseSuppression}
            onChange={(noiseSuppression) => change({ noiseSuppression })}
          />
        )}
      />
      <Line
        name="Echo cancellation"
        detail="Turn it off only when everyone wears headphones."
        control={(ids) => (
          <Toggle
            {...ids}
            isOn={preferences.echoCancellation}
            onChange={(echoCancellation) => change({ echoCancellation })}
          />
        )}
      />
    </Section>
  );
}

function DeviceChoice({ device, labelledBy }: { device: DeviceSelect; labelledBy: string }) {
  const known = device.choices.map(({ id, label }) => ({ value: id, label }));
  const options = known.some((one) => one.value === '')
    ? known
    : [{ value: '', label: 'System default' }, ...known];
  const value = options.some((one) => one.value === device.selectedId) ? device.selectedId : '';
  return <Choice labelledBy={labelledBy} options={options} value={value} onChange={device.select} />;
}

/** Listens only after a click: a page must not open the microphone by being looked at. */
function MicrophoneLevel({ deviceId }: { deviceId: string }) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isOn, setOn] = useState(false);
  const opened = useRef<MediaStream | null>(null);
  const level = useLevel(stream?.getAudioTracks()[0] ?? null);

  useEffect(() => {
    if (!isOn) return;
    let isWanted = true;
    openDevice('audio', deviceId)
      .then((found) => {
        if (!isWanted) {
          for (const track of found.getTracks()) track.stop();
          return;
        }
        opened.current = found;
        setStream(found);
      })
      .catch((error: Error) => {
        setProblem(error.message);
        setOn(false);
      });
    return () => {
      isWanted = false;
      for (const track of opened.current?.getTracks() ?? []) track.stop();
      opened.current = null;
      setStream(null);
    };
  }, [isOn, deviceId]);

  return (
    <>
      <Line
        name="Microphone level"
        detail="Say something: the bar should reach the middle."
        control={(ids) => (
          <>
            <Button
              look="ghost"
              onClick={() => {
                setProblem(null);
                setOn(!isOn);
              }}
            >
              {isOn ? 'Stop' : 'Try it'}
            </Button>
            <LevelMeter labelledBy={ids.labelledBy} subscribe={level.subscribeLevel} isOn={stream !== null} />
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
