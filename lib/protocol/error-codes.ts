import { z } from 'zod/mini';
import { interpreted } from './object';

/** Every code a response of the HTTP API can carry, with its status (docs/calls.md, "HTTP API"). */
export const errorStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  not_allowed: 403,
  foreign_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  already_in_call: 409,
  call_ended: 409,
  answered_elsewhere: 409,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  pictures_unavailable: 501,
  media_unavailable: 503,
  busy: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const errorTitles: Record<ErrorCode, string> = {
  invalid_input: 'Something in the request is not right',
  unauthenticated: 'Sign in first',
  not_allowed: 'Action not allowed',
  foreign_origin: 'This request did not come from our pages',
  not_found: 'Not found',
  method_not_allowed: 'This address does not do that',
  already_in_call: 'You are in another call',
  call_ended: 'This call has ended',
  answered_elsewhere: 'You are in this call on another device',
  conflict: 'Already taken',
  too_large: 'Too large',
  rate_limited: 'Too many tries',
  internal: 'Something went wrong on the server',
  pictures_unavailable: 'Pictures are not available on this server',
  media_unavailable: 'Calls are not available right now',
  busy: 'The server is busy',
};

/** An error response (RFC 9457 problem details, plus our code and request id). */
export const problemSchema = interpreted(() =>
  z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.optional(z.string()),
    code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
    requestId: z.string(),
  }),
);
export type Problem = z.infer<typeof problemSchema>;
