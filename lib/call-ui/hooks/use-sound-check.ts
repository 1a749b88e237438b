import { isInCall } from '@parley/call-protocol';
import { useEffect, useMemo, useState } from 'react';
import { toggleCamera, toggleMicrophone, toggleScreen } from '../controller/controls';
import { reconnect } from '../controller/reconnecting';
import { useController } from '../controller-context';
import { type Cause, type Remedy, whyICannotHear, whyTheyCannotHear } from '../hearing/causes';
import type { VoiceMeasure } from '../media/media-types';
import { watchLevel } from '../media/voice';
import { changePreferences, saveVolume } from '../preferences';
import { pushKeyText } from '../push-keys';
import type { Words } from '../words/ready-words';
import { useWords } from '../words/use-words';
import { useCall } from './use-call';
import { useCallPreferences } from './use-call-preferences';
import { useKitState } from './use-kit';
import { useSpeakerTest } from './use-level';

/** Why one participant does not hear another, and what helps. */
export type SoundCheckState = {
  question: 'they' | 'me';
  ask: (question: 'they' | 'me') => void;
  close: () => void;
  cause: Cause;
  /** Does what the cause's remedy says; null where it has none. */
  help: (() => void) | null;
  /** What was measured, in words: a name and how their reception, or their voice, is. */
  findings: readonly { name: string; text: string }[];
};

/** How often the panel looks anew, and asks the others, in milliseconds. */
const lookEveryMs = 3000;

const receptionText = (
  lossPercent: number | null | undefined,
  roundTripMs: number | null,
  { soundCheck }: Words,
) => {
  if (lossPercent === undefined) return '…';
  if (lossPercent === null) return soundCheck.nothing;
  return roundTripMs === null
    ? soundCheck.loss({ percent: lossPercent })
    : soundCheck.lossAndDelay({ percent: lossPercent, ms: roundTripMs });
};

/**
 * Looks for the reason that one participant does not hear another, while the sound check is open.
 *
 * @returns null while the sound check is closed
 * @example
 * const check = useSoundCheck();
 * return check && <p>{check.cause.text}</p>;
 */
export function useSoundCheck(): SoundCheckState | null {
  const { kit } = useController();
  const question = useKitState(({ hearing }) => hearing);
  const receptions = useKitState((state) => state.receptions);
  const room = useKitState((state) => state.room);
  const microphoneProblem = useKitState((state) => state.microphoneProblem);
  const { call, people } = useCall();
  const { preferences } = useCallPreferences();
  const { testSpeaker } = useSpeakerTest();
  const words = useWords();
  const [measured, peak] = useMeasured(question !== null, call?.id ?? null);
  const others = useMemo(
    () =>
      people.filter(
        ({ isSelf, person }) =>
          !isSelf && isInCall(call?.people.find(({ user }) => user.id === person.id)?.participation),
      ),
    [people, call],
  );
  if (question === null || !room || !call) return null;

  const isConnected = room.connection === 'connected';
  const hasPictures = room.isCameraOn || room.isScreenOn;
  const reported = others.flatMap(({ person }) => {
    const reception = receptions.get(person.id);
    return reception ? [{ name: person.displayName, reception }] : [];
  });
  const cause =
    question === 'they'
      ? whyTheyCannotHear(
          {
            isConnected,
            hasPictures,
            microphoneProblem,
            hasMicrophone: room.hasMicrophone,
            isMicrophoneOn: room.isMicrophoneOn,
            pushKey: preferences.pushMode === 'talk' ? pushKeyText(preferences.pushKey, words) : null,
            isSystemMicrophone: preferences.microphoneId === '',
            peak,
            sentPerSecond: measured?.sentPerSecond ?? null,
            receptions: reported,
          },
          words,
        )
      : whyICannotHear(
          {
            isConnected,
            hasPictures,
            canPlaySound: room.canPlaySound,
            people: others.map(({ person, isMuted, volume }) => ({
              name: person.displayName,
              isMuted,
              volume,
              lossPercent: lossOf(measured, person.id),
            })),
          },
          words,
        );

  const remedies: Record<Remedy, () => void> = {
    open_microphone: () => void toggleMicrophone(kit),
    unmute: () => void toggleMicrophone(kit),
    stop_pushing: () => {
      changePreferences({ pushMode: 'off' });
      void toggleMicrophone(kit);
    },
    system_microphone: () => changePreferences({ microphoneId: '' }),
    reconnect: () => reconnect(kit),
    stop_pictures: () => {
      if (room.isCameraOn) void toggleCamera(kit);
      if (room.isScreenOn) void toggleScreen(kit);
    },
    play_sound: () =>
      void kit.connection
        .current()
        ?.startSound()
        .catch(() => {}),
    reset_volume: () => {
      for (const { person, volume } of others) if (volume === 0) saveVolume(person.id, 100);
    },
    test_speaker: testSpeaker,
  };
  const findings = others.map(({ person }) => {
    const reception = receptions.get(person.id);
    const text =
      question === 'they'
        ? receptionText(reception?.lossPercent, reception?.roundTripMs ?? null, words)
        : receptionText(lossOf(measured, person.id), measured?.roundTripMs ?? null, words);
    return { name: person.displayName, text };
  });
  return {
    question,
    ask: kit.hearing.open,
    close: kit.hearing.close,
    cause,
    help: cause.remedy ? remedies[cause.remedy] : null,
    findings,
  };
}

/** Undefined: not measured yet. A person of whom no voice is subscribed sends nothing that arrives. */
function lossOf(measured: VoiceMeasure | null, userId: string): number | null | undefined {
  return measured === null ? undefined : (measured.lossPercents.get(userId) ?? null);
}

/** Measures again and again, asks the others, and listens to the own microphone. */
function useMeasured(isOpen: boolean, callId: string | null): [VoiceMeasure | null, number | null] {
  const { kit } = useController();
  const [measured, setMeasured] = useState<VoiceMeasure | null>(null);
  const [peak, setPeak] = useState<number | null>(null);
  const microphone = useKitState(() => kit.connection.current()?.microphoneTrack() ?? null);

  useEffect(() => {
    if (!isOpen || callId === null) return;
    let isOver = false;
    const look = async () => {
      // Both may fail while the connection is away; the next look comes soon.
      void kit.client.askReception?.(callId).catch(() => {});
      const now = await kit.connection
        .current()
        ?.measureVoices()
        .catch(() => null);
      if (!isOver && now) setMeasured(now);
    };
    void look();
    const timer = setInterval(() => void look(), lookEveryMs);
    return () => {
      isOver = true;
      clearInterval(timer);
      setMeasured(null);
    };
  }, [kit, isOpen, callId]);

  useEffect(() => {
    if (!isOpen || !microphone) return;
    let loudest = 0;
    const stop = watchLevel(microphone, (level) => {
      loudest = Math.max(loudest, level);
    });
    const timer = setInterval(() => {
      setPeak(loudest);
      loudest = 0;
    }, lookEveryMs);
    return () => {
      stop();
      clearInterval(timer);
      setPeak(null);
    };
  }, [isOpen, microphone]);
  return [measured, peak];
}
