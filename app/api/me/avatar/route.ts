import { defineRoute } from '@/lib/http/define-route';
import { readBytes } from '@/lib/http/read-body';
import { changePicture, maxPictureBytes } from '@/lib/users/picture';

/** The request body is the image file. */
export const PUT = defineRoute({
  access: 'signed_in',
  handle: async ({ deps, viewer, request }) =>
    changePicture(deps, viewer.userId, await readBytes(request, maxPictureBytes)),
});
