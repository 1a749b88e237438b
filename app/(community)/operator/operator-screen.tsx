'use client';

import type { OperatorView } from '@parley/call-protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { PageLink } from '../../_ui/page-link';
import ui from '../../_ui/ui.module.css';
import pageCss from '../_shell/page.module.css';
import { PageHeader } from '../_shell/page-header';
import { useCommunity } from '../_store/hooks';
import { ChannelsSection } from './channels-section';
import { CommunitySection } from './community-section';
import { InvitesSection } from './invites-section';
import css from './operator.module.css';
import { type Act, operatorApi } from './operator-api';
import { PeopleSection } from './people-section';

export function OperatorScreen({ given }: { given: OperatorView }) {
  const t = useText();
  const [view, setView] = useState(given);
  const reading = useRef(0);
  const read = useCallback(async () => {
    reading.current += 1;
    const mine = reading.current;
    const next = await operatorApi.view();
    if (mine === reading.current) setView(next);
  }, []);
  // The page's data may be stale: the browser's Back restores it, and people register meanwhile.
  const size = useCommunity((state) => state.users.size);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a person who joined or was removed is a reason to read
  useEffect(() => {
    read().catch(() => undefined);
  }, [read, size]);
  const act: Act = async (work) => {
    try {
      await work();
      await read();
      return null;
    } catch (error) {
      // The action may have failed because the screen is stale.
      read().catch(() => undefined);
      return sentenceOf(t, error);
    }
  };
  return (
    <main className={pageCss.main}>
      <PageHeader title={t('operator.community')}>
        <PageLink className={`${ui.btn} ${ui.sm}`} href="/settings">
          {t('ui.settings')}
        </PageLink>
      </PageHeader>
      <div className={pageCss.page}>
        <div className={css.column}>
          <CommunitySection view={view} act={act} />
          <InvitesSection view={view} act={act} />
          <PeopleSection view={view} act={act} />
          <ChannelsSection view={view} act={act} />
        </div>
      </div>
    </main>
  );
}
