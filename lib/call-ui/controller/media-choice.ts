import { z } from 'zod';

export const chosenMediaSchema = z.object({
  /** `unknown`: the call moves here, and whether it was muted is not known yet; nothing is sent. */
  microphone: z.enum(['on', 'muted', 'unknown']).catch('on'),
  isCameraOn: z.boolean().catch(false),
  isScreenOn: z.boolean().catch(false),
});

/**
 * What the person chose to send in this call; reconnects and reloads keep it. Camera and screen count once they are
 * really sent: a camera that failed to open, or went away, must not be switched on by a reconnect.
 */
export type ChosenMedia = z.infer<typeof chosenMediaSchema>;

/** What a call begins with. */
export const firstChoice: ChosenMedia = { microphone: 'on', isCameraOn: false, isScreenOn: false };
