/** One remote audio track as a page receives it. */
export type VoiceReading = {
  trackId: string;
  /** The strongest frequency right now; 0 while there is silence. */
  peakHz: number;
  /** `totalAudioEnergy` of the inbound stream: grows with every sound that arrives. */
  energy: number;
};

declare global {
  interface Window {
    parleyVoice?: {
      read(): Promise<VoiceReading[]>;
      setTone(hz: number): void;
      /** What the microphone hears instead of the tone: hiss, or vowels of a voice. */
      setSound(sound: 'hiss' | 'vowels'): void;
      /** How loud what arrives is right now, 0–1, over the last 20 to 50 ms; of one track, or the loudest. */
      loudness(trackId?: string): number;
      /** When the page itself struck a note (ringtone, ringback, test tune), in Unix milliseconds. */
      notes: number[];
      /** The frequencies of those notes. */
      pitches: number[];
    };
  }
}

/**
 * Runs inside the page, before its own scripts. The noise filter, which fast machines switch on by themselves, takes
 * a tone for noise: here it is off unless the page has chosen.
 */
export function switchNoiseFilterOff(): void {
  const key = 'parley-call-preferences';
  try {
    if (localStorage.getItem(key) === null) localStorage.setItem(key, JSON.stringify({ noiseFilter: false }));
  } catch {
    // An empty page before the first one has no storage.
  }
}

/**
 * Runs inside the page, before its own scripts: so it must use nothing from outside itself.
 * The microphone becomes an oscillator, a new track for every request, and every remote audio
 * track gets an analyser.
 */
export function installVoice(toneHz: number): void {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { frequency: toneHz });
  const loudness = new GainNode(context, { gain: 0.3 });
  oscillator.connect(loudness);
  oscillator.start();

  const connections: RTCPeerConnection[] = [];
  const ears = new Map<string, { track: MediaStreamTrack; analyser: AnalyserNode; quick: AnalyserNode }>();
  const listen = (track: MediaStreamTrack) => {
    if (track.kind !== 'audio' || ears.has(track.id)) return;
    // No element is made for it: unless the page itself plays the track, no energy arrives, and
    // no participant would hear it.
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    const quick = new AnalyserNode(context, { fftSize: 2048 });
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    source.connect(quick);
    ears.set(track.id, { track, analyser, quick });
  };

  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      this.addEventListener('track', (event) => listen(event.track));
    }
  };

  const devices = navigator.mediaDevices;
  const original = devices?.getUserMedia.bind(devices);
  if (devices && original) {
    devices.getUserMedia = async (constraints = {}) => {
      if (!constraints.audio) return original(constraints);
      // Ask for real, too: what a browser refuses must stay refused.
      const asked = await original(constraints);
      for (const track of asked.getAudioTracks()) track.stop();
      await context.resume();
      const microphone = context.createMediaStreamDestination();
      loudness.connect(microphone);
      return new MediaStream([...microphone.stream.getAudioTracks(), ...asked.getVideoTracks()]);
    };
  }

  const sounds = new Map<string, GainNode>();
  const makeHiss = () => {
    const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
    const samples = buffer.getChannelData(0);
    // The same noise in every run (the generator of Numerical Recipes).
    let seed = 1;
    for (let at = 0; at < samples.length; at += 1) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      samples[at] = (seed / 2 ** 31 - 1) * 0.5;
    }
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    const out = new GainNode(context);
    source.connect(out).connect(loudness);
    source.start();
    return out;
  };
  /** A pitch that wanders like a voice's, through the formants of "ah", in syllables of a quarter of a second. */
  const makeVowels = () => {
    const voice = new OscillatorNode(context, { type: 'sawtooth', frequency: 140 });
    const pitch = new OscillatorNode(context, { frequency: 1.3 });
    const syllables = new OscillatorNode(context, { frequency: 3.5 });
    const syllable = new GainNode(context);
    const out = new GainNode(context);
    pitch.connect(new GainNode(context, { gain: 25 })).connect(voice.frequency);
    syllables.connect(syllable.gain);
    const formants = [
      { frequency: 730, gain: 3 },
      { frequency: 1090, gain: 2 },
      { frequency: 2440, gain: 1 },
    ];
    for (const { frequency, gain } of formants)
      voice
        .connect(new BiquadFilterNode(context, { type: 'bandpass', Q: 8, frequency }))
        .connect(new GainNode(context, { gain }))
        .connect(syllable);
    syllable.connect(out).connect(loudness);
    for (const one of [voice, pitch, syllables]) one.start();
    return out;
  };

  const peakHzOf = (analyser: AnalyserNode) => {
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.reduce(
      (best, level, bin) => (level > (levels[best] ?? -Infinity) ? bin : best),
      0,
    );
    if ((levels[loudest] ?? -Infinity) < -70) return 0;
    return Math.round((loudest * context.sampleRate) / analyser.fftSize);
  };

  // The voice above is made with `new`, so what is made here belongs to the page.
  const notes: number[] = [];
  const pitches: number[] = [];
  const make = BaseAudioContext.prototype.createOscillator;
  BaseAudioContext.prototype.createOscillator = function createOscillator() {
    const made = make.call(this);
    const start = made.start.bind(made);
    made.start = (when) => {
      notes.push(performance.timeOrigin + performance.now());
      pitches.push(Math.round(made.frequency.value * 10) / 10);
      start(when);
    };
    return made;
  };

  const loudnessOf = (analyser: AnalyserNode) => {
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
  };

  window.parleyVoice = {
    notes,
    pitches,
    loudness: (trackId) =>
      Math.max(
        0,
        ...[...ears.values()]
          .filter(({ track }) => track.readyState === 'live' && (!trackId || track.id === trackId))
          .map(({ quick }) => loudnessOf(quick)),
      ),
    setTone: (hz) => {
      oscillator.frequency.value = hz;
    },
    setSound: (sound) => {
      oscillator.disconnect();
      for (const other of sounds.values()) other.gain.value = 0;
      const chosen = sounds.get(sound) ?? (sound === 'hiss' ? makeHiss() : makeVowels());
      sounds.set(sound, chosen);
      chosen.gain.value = 1;
    },
    read: async () => {
      await context.resume();
      const energies = new Map<string, number>();
      for (const connection of connections.filter(({ connectionState }) => connectionState !== 'closed')) {
        for (const report of (await connection.getStats()).values()) {
          if (report.type === 'inbound-rtp' && report.kind === 'audio') {
            // A track that is used again after a participant rejoined has several streams.
            const sum = (energies.get(report.trackIdentifier) ?? 0) + (report.totalAudioEnergy ?? 0);
            energies.set(report.trackIdentifier, sum);
          }
        }
      }
      return [...ears]
        .filter(([id, { track }]) => track.readyState === 'live' && energies.has(id))
        .map(([trackId, { analyser }]) => ({
          trackId,
          peakHz: peakHzOf(analyser),
          energy: energies.get(trackId) ?? 0,
        }));
    },
  };
}
