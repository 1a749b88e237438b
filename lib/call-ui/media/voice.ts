/**
 * Reports how loud a microphone is, many times a second.
 *
 * @param listener gets 0 (silence) to 1; called about 15 times a second
 * @returns stops it
 */
export function watchLevel(track: MediaStreamTrack, listener: (level: number) => void): () => void {
  if (typeof AudioContext === 'undefined') return () => {};
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  const source = context.createMediaStreamSource(new MediaStream([track]));
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // Speech sits around 0.05 to 0.2 RMS: the square root spreads it over the meter.
    listener(Math.min(1, Math.sqrt(Math.sqrt(power)) * 1.4));
  }, 66);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close().catch(() => {});
  };
}

const loud = 0.42;
const loudTicks = 8;
const quietAfterMs = 4000;

/** Listens to a muted microphone, here only, and says when its owner seems to talk. */
export function watchTalkingWhileMuted(
  microphone: MediaStreamTrack,
  listener: (isTalking: boolean) => void,
): () => void {
  // Muting switches the sent track off; a clone of it still hears.
  const ear = microphone.clone();
  ear.enabled = true;
  let ticks = 0;
  let quietTimer: ReturnType<typeof setTimeout> | undefined;
  const stop = watchLevel(ear, (level) => {
    ticks = level > loud ? ticks + 1 : Math.max(0, ticks - 1);
    if (ticks < loudTicks) return;
    ticks = 0;
    listener(true);
    clearTimeout(quietTimer);
    quietTimer = setTimeout(() => listener(false), quietAfterMs);
  });
  return () => {
    clearTimeout(quietTimer);
    stop();
    ear.stop();
    listener(false);
  };
}
