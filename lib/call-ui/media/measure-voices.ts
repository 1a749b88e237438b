import { RemoteAudioTrack, type Room, Track } from 'livekit-client';
import type { VoiceMeasure } from './media-types';
import { userIdOf } from './room-people';

/** A silent voice still sends a packet every 400 ms (Opus DTX), so that an empty while means that nothing arrives. */
const whileMs = 1500;

type Counts = { sentBytes: number; roundTripMs: number | null; voices: Map<string, Received> };
type Received = { packets: number; lost: number };

/** Counts what leaves and what arrives for a while. */
export async function measureVoices(room: Room): Promise<VoiceMeasure> {
  const before = await count(room);
  await new Promise((resolve) => setTimeout(resolve, whileMs));
  const after = await count(room);
  return {
    sentPerSecond: Math.max(0, after.sentBytes - before.sentBytes) / (whileMs / 1000),
    roundTripMs: after.roundTripMs,
    lossPercents: new Map(
      [...after.voices].map(([userId, now]) => [userId, lossOf(before.voices.get(userId), now)]),
    ),
  };
}

/** Of what was sent between two counts, in percent; null: nothing arrived. */
export function lossOf(before: Received = { packets: 0, lost: 0 }, now: Received): number | null {
  const packets = now.packets - before.packets;
  // Late packets are counted as lost first, and taken back afterwards.
  const lost = Math.max(0, now.lost - before.lost);
  return packets <= 0 ? null : Math.round((100 * lost) / (packets + lost));
}

async function count(room: Room): Promise<Counts> {
  const counts: Counts = { sentBytes: 0, roundTripMs: null, voices: new Map() };
  const microphone = room.localParticipant.getTrackPublication(Track.Source.Microphone)?.track;
  for (const report of (await microphone?.getRTCStatsReport())?.values() ?? []) {
    if (report.type === 'outbound-rtp') counts.sentBytes += report.bytesSent ?? 0;
    if (report.type === 'remote-inbound-rtp' && report.roundTripTime !== undefined)
      counts.roundTripMs = Math.round(report.roundTripTime * 1000);
  }
  for (const participant of room.remoteParticipants.values()) {
    const track = participant.getTrackPublication(Track.Source.Microphone)?.track;
    if (!(track instanceof RemoteAudioTrack)) continue;
    const userId = userIdOf(participant.identity);
    for (const report of (await track.getRTCStatsReport())?.values() ?? []) {
      if (report.type === 'candidate-pair' && report.nominated && report.currentRoundTripTime !== undefined)
        counts.roundTripMs ??= Math.round(report.currentRoundTripTime * 1000);
      if (report.type !== 'inbound-rtp') continue;
      const sum = counts.voices.get(userId) ?? { packets: 0, lost: 0 };
      const { packetsReceived = 0, packetsLost = 0 } = report;
      counts.voices.set(userId, { packets: sum.packets + packetsReceived, lost: sum.lost + packetsLost });
    }
  }
  return counts;
}
