import {
  askReceptionSchema,
  confirmRingSchema,
  declineCallSchema,
  enterCallSchema,
  leaveByRequestSchema,
  leaveCallSchema,
  moveCallSchema,
  raiseHandSchema,
  reactSchema,
  replyToCallSchema,
  reportReceptionSchema,
  ringMemberSchema,
  startCallSchema,
} from '@parley/call-protocol';
import { z } from 'zod';
import { extend, safeExtend } from 'zod/mini';
import { callIdSchema, conversationIdSchema, ringIdSchema, userIdSchema } from '@/lib/ids';

/** What the call routes take: the protocol's bodies with their ids checked and branded. */
export const callParams = z.object({ callId: callIdSchema });
export const startBody = safeExtend(startCallSchema, {
  conversationId: conversationIdSchema.optional(),
  userId: userIdSchema.optional(),
  switchFrom: callIdSchema.optional(),
});
export const enterBody = extend(enterCallSchema, { switchFrom: callIdSchema.optional() });
export const ringingBody = confirmRingSchema;
export const moveBody = moveCallSchema;
export const declineBody = extend(declineCallSchema, { ringId: ringIdSchema.optional() });
export const replyBody = extend(replyToCallSchema, { ringId: ringIdSchema });
export const leaveBody = leaveCallSchema;
export const leaveByRequestBody = leaveByRequestSchema;
export const handBody = raiseHandSchema;
export const receptionBody = z.union([
  askReceptionSchema,
  extend(reportReceptionSchema, { toUserId: userIdSchema }),
]);
export const reactionBody = reactSchema;
export const ringBody = extend(ringMemberSchema, { userId: userIdSchema });
export const historyQuery = z.object({
  filter: z.enum(['all', 'missed']).default('all'),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  people: z.literal('named').optional(),
});
