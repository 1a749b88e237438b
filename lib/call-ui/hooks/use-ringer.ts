import type { CallView } from '@parley/call-protocol';
import { useEffect } from 'react';
import { type HeldCall, ringMsLeft } from '../call-store';
import { clockNow } from '../clock';
import { incomingCalls, ownCall, ringingPieces } from '../controller/kit-state';
import { useController } from '../controller-context';
import type { CallPreferences } from '../preferences';
import type { RingerSound } from '../sound/call-sound';
import { useCallPreferences } from './use-call-preferences';
import { useKitPieces, useKitState } from './use-kit';

/** What is to be heard in this tab now. */
export type RingerState = {
  /** `ringtone`: a call rings; `soft-tone`: one rings during a call, once per `ringId`; `ringback`: the caller waits. */
  sound: RingerSound | null;
  /**
   * Whether this tab is the one that is heard: of all tabs of a browser one rings, and only where the browser allows
   * sound. False means silence.
   */
  isMyTurn: boolean;
  /** The call that rings, on top of others; with `ringback` the own call; else null. */
  call: CallView | null;
  /** The newest ring: another id is another ring, also while the first one goes on. Null with `ringback`. */
  ringId: string | null;
  /** 0–1, as loud as Settings say; for the `volume` of an audio element. */
  volume: number;
  /** The tune that Settings say; another one is the app's choice. */
  ringtone: CallPreferences['ringtone'];
  /** The chosen speaker, for `setSinkId`; '' is the system's. */
  speakerId: string;
};

/**
 * What is to be heard in this tab, for a ringer of one's own. Using it counts as playing it: the kit's own sound is
 * silent meanwhile. The rule that one tab rings stays the kit's: play while `isMyTurn` is true, and only then.
 *
 * @example
 * const { sound, isMyTurn, volume } = useRinger();
 * useEffect(() => (isMyTurn && sound === 'ringtone' ? playBells(volume) : undefined), [isMyTurn, sound, volume]);
 */
export function useRinger(): RingerState {
  const { kit } = useController();
  useEffect(() => kit.alerts.replaceRinger('own'), [kit]);
  const sound = useKitState((state) => state.wantedSound);
  const isMyTurn = useKitState((state) => state.isRingerTurn);
  const own = useKitState((state) => ownCall(state)?.view ?? null);
  const now = clockNow();
  const left = (held: HeldCall) => ringMsLeft(held, now) ?? 0;
  const rings = incomingCalls(useKitPieces(ringingPieces), now);
  const newest = [...rings].sort((a, b) => left(b) - left(a))[0]?.view;
  const { preferences } = useCallPreferences();
  const isRing = sound === 'ringtone' || sound === 'soft-tone';
  return {
    sound,
    isMyTurn: isMyTurn && sound !== null,
    call: isRing ? (rings[0]?.view ?? null) : sound === 'ringback' ? own : null,
    ringId: isRing ? (newest?.myRing?.id ?? null) : null,
    volume: (preferences.ringVolume / 100) ** 2,
    ringtone: preferences.ringtone,
    speakerId: preferences.speakerId,
  };
}
