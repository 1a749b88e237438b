import {
  askReceptionSchema,
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
import { callIdSchema, conversationIdSchema, ringIdSchema, userIdSchema } from '@/lib/ids';

/** What the call routes take: the protocol's bodies with their ids checked and branded. */
export const callParams = z.object({ callId: callIdSchema });
export const startBody = startCallSchema.safeExtend({
  conversationId: conversationIdSchema.optional(),
  userId: userIdSchema.optional(),
  switchFrom: callIdSchema.optional(),
});
export const enterBody = enterCallSchema.extend({ switchFrom: callIdSchema.optional() });
export const moveBody = moveCallSchema;
export const declineBody = declineCallSchema.extend({ ringId: ringIdSchema.optional() });
export const replyBody = replyToCallSchema.extend({ ringId: ringIdSchema });
export const leaveBody = leaveCallSchema;
export const leaveByRequestBody = leaveByRequestSchema;
export const handBody = raiseHandSchema;
export const receptionBody = z.union([
  askReceptionSchema,
  reportReceptionSchema.extend({ toUserId: userIdSchema }),
]);
export const reactionBody = reactSchema;
export const ringBody = ringMemberSchema.extend({ userId: userIdSchema });
export const historyQuery = z.object({
  filter: z.enum(['all', 'missed']).default('all'),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
