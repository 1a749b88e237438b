import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { deps } from '@/lib/deps';
import { countSnapshot } from '@/lib/http/rate-limit';
import { readSnapshot } from '@/lib/realtime/snapshot';
import { readCallWords } from '../_language/read-language';
import { Texts } from '../_language/texts';
import { readPageViewer } from '../page-viewer';
import { Community } from './_shell/community';

export default async function CommunityLayout({ children }: { children: ReactNode }) {
  const viewer = await readPageViewer();
  if (!viewer) redirect('/login');
  await countSnapshot(deps(), viewer);
  return (
    <Texts of={['shell', 'people', 'messages']}>
      <Community snapshot={await readSnapshot(deps(), viewer)} callWords={await readCallWords()}>
        {children}
      </Community>
    </Texts>
  );
}
