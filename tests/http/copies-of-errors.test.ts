import { expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { asAppError } from '@/lib/http/problem';
import { MediaUnavailable } from '@/lib/media/media-server';

/** Next compiles boot and routes into separate copies of a module, and boot makes what routes use. */
it('errors thrown by another copy of their module are the same to a client', async () => {
  vi.resetModules();
  const other = await import('@/lib/errors');
  const otherMedia = await import('@/lib/media/media-server');
  expect(other.AppError).not.toBe(AppError);

  const refused = new other.AppError('unauthenticated', 'server.notSigned');
  expect(refused instanceof AppError).toBe(true);
  expect(asAppError(refused)?.code).toBe('unauthenticated');
  expect(new otherMedia.MediaUnavailable() instanceof MediaUnavailable).toBe(true);
  expect(asAppError(new otherMedia.MediaUnavailable())?.code).toBe('media_unavailable');
});

it('other errors stay our own fault', () => {
  expect(asAppError(new Error('x'))).toBeNull();
  expect(asAppError({ code: 'not_found' })).toBeNull();
});
