'use client';

import { useCalls, useIsInFront } from '@parley/call-kit';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { useIsHydrated } from '../../_ui/narrow';
import { Notice } from '../../_ui/notice';
import ui from '../../_ui/ui.module.css';
import { Day } from '../_shell/day';
import pageCss from '../_shell/page.module.css';
import { PageHeader } from '../_shell/page-header';
import { api } from '../_store/api';
import { useCommunity } from '../_store/hooks';
import { useReportSeen } from '../_store/report-seen';
import { byDay } from './by-day';
import { useCallHistory } from './call-history';
import { CallLine, LiveCallLine } from './call-line';
import css from './calls.module.css';

const filters = [
  { key: 'all', name: 'calls.all' },
  { key: 'missed', name: 'calls.missed' },
] as const;

/** The viewer's calls with their outcomes, newest first. */
export default function CallsPage() {
  const t = useText();
  const missed = useCommunity((state) => state.me.missedCallCount);
  const [filter, setFilter] = useState<'all' | 'missed'>('all');
  const [missedOnArrival] = useState(missed);
  const history = useCallHistory(filter);
  const live = useCalls().live.filter((call) => call.status !== 'ended');
  const isHydrated = useIsHydrated();
  // Opening the page clears the badge; the list still marks missed calls.
  const isInFront = useIsInFront();
  useReportSeen(missed > 0 && isInFront ? `${missed}` : null, () => api.changeMe({ missedCallsSeen: true }));
  const count = missed || missedOnArrival;
  const days = isHydrated ? byDay(history.entries) : [];

  return (
    <main className={pageCss.main}>
      <PageHeader title={t('shell.calls')}>
        <fieldset className={css.filters}>
          <legend className={ui.hidden}>{t('calls.which')}</legend>
          {filters.map((one) => (
            <button
              key={one.key}
              type="button"
              aria-pressed={filter === one.key}
              onClick={() => setFilter(one.key)}
            >
              {t(one.name)}
              {one.key === 'missed' && count > 0 && <span className={ui.count}>{count}</span>}
            </button>
          ))}
        </fieldset>
      </PageHeader>
      <div className={pageCss.page}>
        <div className={css.column}>
          {filter === 'all' && live.length > 0 && (
            <section aria-labelledby="calls-now">
              <h2 className={css.day} id="calls-now">
                {t('shell.now')}
              </h2>
              <ul className={css.list}>
                {live.map((call) => (
                  <LiveCallLine key={call.id} call={call} />
                ))}
              </ul>
            </section>
          )}
          {days.map((day) => (
            <section key={day.key} aria-labelledby={`calls-${day.at}`}>
              <h2 className={css.day} id={`calls-${day.at}`}>
                <Day at={day.at} />
              </h2>
              <ul className={css.list}>
                {day.lines.map((line) => (
                  <CallLine key={line.entry.callId} entry={line.entry} count={line.count} />
                ))}
              </ul>
            </section>
          ))}
          {history.status === 'loading' && (
            <div className={css.wait} role="status" aria-label={t('calls.loading')}>
              <span className={ui.spinner} />
            </div>
          )}
          {history.status === 'failed' && (
            <Notice title={t('calls.didNotLoad')} detail={t('ui.checkConnection')}>
              <Button isBusy={history.isRetrying} onClick={history.retry}>
                {t('ui.tryAgain')}
              </Button>
            </Notice>
          )}
          {history.status === 'ready' && history.entries.length === 0 && (
            <Notice
              title={t(filter === 'missed' ? 'calls.noneMissed' : 'calls.none')}
              detail={t(filter === 'missed' ? 'calls.answeredAll' : 'calls.howToCall')}
            />
          )}
          {history.hasMore && history.status === 'ready' && (
            <Button className={css.more} isBusy={history.isLoadingMore} onClick={history.loadMore}>
              {t('calls.showOlder')}
            </Button>
          )}
        </div>
      </div>
    </main>
  );
}
