import 'server-only';
import { createECDH } from 'node:crypto';
import { z } from 'zod';
import { deviceIdSchema, ringIdSchema } from '@/lib/ids';
import { mostEndpointCharacters } from './endpoint';

const base64url = (bytes: number) =>
  z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]+={0,2}$/)
    .refine((text) => Buffer.from(text, 'base64url').length === bytes, `not ${bytes} bytes`);

/** A point that is not on the curve would make every later encryption fail. */
const isPoint = (text: string) => {
  try {
    const other = createECDH('prime256v1');
    other.generateKeys();
    other.computeSecret(Buffer.from(text, 'base64url'));
    return true;
  } catch {
    return false;
  }
};

/** What the push routes take: a browser's `PushSubscription`, and the key of ours that it was made with. */
export const saveDeviceBody = z.object({
  endpoint: z.string().max(mostEndpointCharacters),
  keys: z.object({
    p256dh: base64url(65).refine(isPoint, 'not a key'),
    auth: base64url(16),
  }),
  serverKey: z.string().max(200),
});
export const changeDeviceBody = z.object({ showsText: z.boolean() });
export const deviceParams = z.object({ deviceId: deviceIdSchema });
export const ringParams = z.object({ ringId: ringIdSchema });
export const redeemBody = z.object({ pass: z.string().max(100) });
