import { writeFileSync } from 'node:fs';

const samplesPerSecond = 48_000;
const seconds = 2;
const hertz = 440;

/**
 * Writes a tone that goes on without a gap when it is repeated, as Chromium's fake microphone repeats a file.
 * @param {string} file
 */
export function writeTone(file) {
  const count = samplesPerSecond * seconds;
  const wave = Buffer.alloc(44 + count * 2);
  // RIFF, PCM, one channel, 16 bits.
  wave.write('RIFF', 0);
  wave.writeUInt32LE(36 + count * 2, 4);
  wave.write('WAVEfmt ', 8);
  wave.writeUInt32LE(16, 16);
  wave.writeUInt16LE(1, 20);
  wave.writeUInt16LE(1, 22);
  wave.writeUInt32LE(samplesPerSecond, 24);
  wave.writeUInt32LE(samplesPerSecond * 2, 28);
  wave.writeUInt16LE(2, 32);
  wave.writeUInt16LE(16, 34);
  wave.write('data', 36);
  wave.writeUInt32LE(count * 2, 40);
  for (let at = 0; at < count; at += 1)
    wave.writeInt16LE(
      Math.round(12_000 * Math.sin((2 * Math.PI * hertz * at) / samplesPerSecond)),
      44 + at * 2,
    );
  writeFileSync(file, wave);
}
