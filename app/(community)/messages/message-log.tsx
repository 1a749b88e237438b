'use client';

import { CallEntryLine, isolateText } from '@parley/call-kit';
import type { CallEntry, ConversationView, Person } from '@parley/call-protocol';
import { ArrowDown } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { Notice } from '../../_ui/notice';
import ui from '../../_ui/ui.module.css';
import { Day } from '../_shell/day';
import {
  useCallLine,
  useCommunityList,
  useCommunityStore,
  useMessageList,
  useMyId,
  useOther,
  useTitle,
} from '../_store/hooks';
import type { PendingMessage } from '../_store/message-list';
import { clockText } from '../_store/show-time';
import { type TimelineItem, timeline } from '../_store/timeline';
import { isSamePerson, personOf } from '../_store/titles';
import css from './message-log.module.css';
import { MessageRow, PendingRow } from './message-row';
import { useNewAfter, useReading } from './reading';
import { useScroll } from './scroll';

const none: readonly PendingMessage[] = [];

/** The messages and calls of a conversation, newest at the bottom. */
export function MessageLog({
  conversation,
  isCovered = false,
}: {
  conversation: ConversationView;
  /** Something else lies over it: what arrives stays unread. */
  isCovered?: boolean;
}) {
  const t = useText();
  const store = useCommunityStore();
  const myId = useMyId();
  const list = useMessageList(conversation.id);
  const isReady = list.status === 'ready';
  // What the stream says while the first page is on its way has not been seen yet.
  const newest = isReady ? Math.max(list.seenBeyond, list.messages.at(-1)?.seq ?? 0) : 0;
  const newAfter = useNewAfter(conversation, newest);
  // Unsent messages stand after the newest message, which is not loaded then.
  const pending = list.hasNewer ? none : list.pending;
  const items = useMemo(
    () => timeline(list.messages, pending, myId, newAfter),
    [list.messages, pending, myId, newAfter],
  );
  // Events about a list that is loading wait for it; the person's own pending messages are always shown.
  const isShown = (isReady && items.length > 0) || list.pending.length > 0;
  useEffect(() => store.openList(conversation.id), [store, conversation.id]);
  const scroll = useScroll({
    isShown,
    lastPendingKey: list.pending.at(-1)?.clientMessageId ?? null,
    hasNewer: list.hasNewer,
    loadOlder: () => void store.loadOlder(conversation.id),
    loadNewer: () => void store.loadNewer(conversation.id),
  });
  useReading(conversation, newest, scroll.isAtBottom && !isCovered);
  useEffect(() => {
    if (scroll.isAtBottom && list.messages.length > 0) store.forgetOldest(conversation.id);
  }, [scroll.isAtBottom, list.messages, store, conversation.id]);

  // What has come in below while one reads further up.
  const seenUpTo = useRef(newest);
  if (scroll.isAtBottom) seenUpTo.current = newest;
  const below = list.hasNewer
    ? conversation.unreadCount
    : list.messages.filter(({ seq, authorId }) => seq > seenUpTo.current && authorId !== myId).length;
  const toNewest = () => {
    store.toNewest(conversation.id);
    scroll.toNewest();
  };

  if (!isShown && list.status === 'failed') {
    return (
      <Notice title={t('messages.didNotLoad')} detail={t('ui.checkConnection')}>
        <Button onClick={() => store.retryList(conversation.id)}>{t('ui.tryAgain')}</Button>
      </Notice>
    );
  }
  if (!isShown) return isReady ? <Start conversation={conversation} /> : <Skeleton />;
  return (
    <div className={css.log}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={css.scroll} ref={scroll.frame} role="log" aria-label={t('shell.messages')} tabIndex={0}>
        <div className={css.inner} ref={scroll.inner}>
          <div ref={scroll.top} className={`${css.top} ${list.hasOlder ? css.more : ''}`}>
            {list.older === 'loading' && (
              <span className={ui.spinner} role="status" aria-label={t('messages.loadingOlder')} />
            )}
            {list.status === 'failed' && (
              <Button size="sm" onClick={() => store.retryList(conversation.id)}>
                {t('messages.didNotLoadAgain')}
              </Button>
            )}
            {list.older === 'failed' && (
              <Button size="sm" onClick={() => void store.loadOlder(conversation.id)}>
                {t('messages.olderDidNotLoad')}
              </Button>
            )}
          </div>
          <ol className={css.list} ref={scroll.rows}>
            {items.map((item) => (
              <Item key={item.key} item={item} conversationId={conversation.id} />
            ))}
          </ol>
          {list.newer !== 'idle' && (
            <div className={css.top}>
              {list.newer === 'loading' ? (
                <span className={ui.spinner} role="status" aria-label={t('messages.loadingNewer')} />
              ) : (
                <Button size="sm" onClick={() => void store.loadNewer(conversation.id)}>
                  {t('messages.newerDidNotLoad')}
                </Button>
              )}
            </div>
          )}
        </div>
      </div>
      {!scroll.isAtBottom && (
        <Button className={css.newest ?? ''} onClick={toNewest}>
          <ArrowDown size={16} strokeWidth={2} aria-hidden="true" />
          <span>{below === 0 ? t('messages.newest') : t('messages.newMessages', { count: below })}</span>
        </Button>
      )}
    </div>
  );
}

/** A conversation without messages says what it is for. */
function Start({ conversation }: { conversation: ConversationView }) {
  const t = useText();
  const other = useOther(conversation);
  const title = isolateText(useTitle(conversation));
  return (
    <Notice
      title={other ? t('messages.sayHello', { name: title }) : t('messages.start', { title })}
      detail={
        conversation.kind === 'channel' ? t('messages.showUpChannel') : t('messages.showUpHere', { title })
      }
    />
  );
}

function Item({ item, conversationId }: { item: TimelineItem; conversationId: string }) {
  const t = useText();
  switch (item.kind) {
    case 'day':
      return (
        <li className={css.day} data-line>
          <Day at={item.at} />
        </li>
      );
    case 'new':
      return (
        <li className={`${css.day} ${css.new}`} data-line>
          {t('messages.new')}
        </li>
      );
    case 'call':
      return <CallRow entry={item.entry} count={item.count} />;
    case 'message':
      return <MessageRow message={item.message} isFirst={item.isFirst} />;
    case 'pending':
      return <PendingRow conversationId={conversationId} message={item.message} isFirst={item.isFirst} />;
  }
}

const CallRow = memo(function CallRow({ entry, count }: { entry: CallEntry; count: number }) {
  const t = useText();
  const store = useCommunityStore();
  // Renders again when one of its people changes name or picture; the people in a live call come from the kit.
  useCommunityList<Person>(
    (state) => [entry.callerId, ...entry.personIds].map((id) => personOf(t, state, id)),
    isSamePerson,
  );
  const line = useCallLine(entry);
  const find = useCallback((id: string) => store.getState().users.get(id) ?? null, [store]);
  return (
    <li className={css.call}>
      <CallEntryLine
        entry={{ ...entry, line }}
        count={count}
        timeText={clockText(t, entry.startedAt)}
        personOf={find}
      />
    </li>
  );
});

function Skeleton() {
  const t = useText();
  return (
    <div className={css.skeleton} role="status" aria-label={t('messages.loading')}>
      {[92, 64, 78, 50].map((width) => (
        <div key={width} className={css.bone} aria-hidden="true">
          <i />
          <b style={{ width: `${width / 2}%` }} />
          <b style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
