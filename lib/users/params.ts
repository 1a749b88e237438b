import { z } from 'zod';
import { userIdSchema } from '@/lib/ids';

/** The most people that one request returns: in a community whose snapshots hold everyone, all of them. */
export const mostPeople = 300;

/** What the people routes take in their addresses. */
export const userParams = z.object({ userId: userIdSchema });
export const pictureParams = userParams.extend({ name: z.string().regex(/^[a-z0-9]{32}\.webp$/) });

const ids = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(userIdSchema).max(100));
/** The place of the last person of a page, as `writePlace` writes it. */
const place = z
  .string()
  .max(300)
  .transform((text) => {
    const [id = ''] = text.split(' ', 1);
    return { id, sortName: text.slice(id.length + 1) };
  });
export const writePlace = ({ id, sortName }: { id: string; sortName: string }): string => `${id} ${sortName}`;
/** A page of everyone, or of those whose name or username has this part. */
export const peoplePageQuery = z.object({
  search: z.string().max(100).default(''),
  after: place.optional(),
  limit: z.coerce.number().int().min(1).max(mostPeople).default(mostPeople),
});
/** These people; or a page, of those who are here only where it says so. */
export const peopleQuery = peoplePageQuery
  .extend({ ids: ids.optional(), presence: z.literal('here').optional() })
  .refine(
    (query) => !query.ids || (query.search === '' && !query.presence && !query.after),
    'ids, or a page',
  );
