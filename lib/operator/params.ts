import 'server-only';
import { z } from 'zod';
import { conversationIdSchema, linkIdSchema, userIdSchema } from '@/lib/ids';

/** Path parameters of the operator's routes. */
export const personParams = z.object({ userId: userIdSchema });
export const channelParams = z.object({ conversationId: conversationIdSchema });
export const inviteParams = z.object({ linkId: linkIdSchema });
