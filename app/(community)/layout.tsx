import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { deps } from '@/lib/deps';
import { countSnapshot } from '@/lib/http/rate-limit';
import { readSnapshot } from '@/lib/realtime/snapshot';
import { readPageViewer } from '../page-viewer';
import { Community } from './_shell/community';

export default async function CommunityLayout({ children }: { children: ReactNode }) {
  const viewer = await readPageViewer();
  if (!viewer) redirect('/login');
  await countSnapshot(deps(), viewer);
  return <Community snapshot={await readSnapshot(deps(), viewer)}>{children}</Community>;
}
