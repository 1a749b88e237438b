import { z } from 'zod';
import { userIdSchema } from '@/lib/ids';

/** What the people routes take in their addresses. */
export const userParams = z.object({ userId: userIdSchema });
export const pictureParams = userParams.extend({ name: z.string().regex(/^[a-z0-9]{32}\.webp$/) });
