import 'server-only';
import { headers } from 'next/headers';
import { deps } from '@/lib/deps';
import type { Viewer } from '@/lib/viewer';

/** Who looks at this page, or null: the same check as every route's, revoked sign-ins included. */
export async function readPageViewer(): Promise<Viewer | null> {
  return deps().viewerOf({ headers: await headers() });
}
