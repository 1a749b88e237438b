import { createConversationSchema } from '@parley/call-protocol';
import { z } from 'zod';
import { extend } from 'zod/mini';
import { conversationIdSchema, messageIdSchema, userIdSchema } from '@/lib/ids';

/** Parameters and bodies of the conversation routes, with ids checked and branded. */
export const conversationParams = z.object({ conversationId: conversationIdSchema });
export const memberParams = conversationParams.extend({ userId: userIdSchema });
export const messageParams = conversationParams.extend({ messageId: messageIdSchema });
export const createBody = extend(createConversationSchema, {
  userIds: z.pipe(createConversationSchema.shape.userIds, z.array(userIdSchema)),
});
const position = z.coerce.number().int().positive().optional();
export const pageQuery = z
  .object({
    before: position,
    after: position,
    limit: z.coerce.number().int().min(1).max(100).default(50),
    people: z.literal('named').optional(),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, 'before or after, not both');
