import 'server-only';
import { deps } from '@/lib/deps';
import { readCommunity } from '@/lib/users/read-community';

/** What the page may show before sign-in. */
export type Welcome = {
  communityName: string;
  /** Anyone may register; otherwise an invite link is required. */
  isOpen: boolean;
  /** The demo's sign-ins, shown on the page; null once a public address is configured. */
  demo: { usernames: string[]; password: string } | null;
};

export async function readWelcome(): Promise<Welcome> {
  const { db, env } = deps();
  const community = await readCommunity(db);
  return {
    communityName: community.name,
    isOpen: community.registration === 'open',
    demo: env.isDemo
      ? { usernames: ['alice', 'bob', 'carol', 'dave', 'erin'], password: 'parley-demo' }
      : null,
  };
}
