import { defineRoute } from '@/lib/http/define-route';
import { pictureParams } from '@/lib/users/params';
import { readPicture } from '@/lib/users/picture';

/** A picture's address changes with its content, so responses may be cached for ever. */
export const GET = defineRoute({
  access: 'signed_in',
  params: pictureParams,
  handle: async ({ deps, params }) =>
    new Response(await readPicture(deps, params.userId, params.name), {
      headers: {
        'content-type': 'image/webp',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'",
        'cache-control': 'private, max-age=31536000, immutable',
      },
    }),
});
