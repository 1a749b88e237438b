'use client';

import { CallBoundary, useCallPlace } from '@parley/call-kit';
import { usePathname } from 'next/navigation';
import { lazy, type ReactNode, Suspense, useCallback, useLayoutEffect } from 'react';
import { conversationHref, useGo, useOpenConversationId } from '../../_ui/go';
import { useLoadLater } from '../../_ui/later';
import { NotificationAnswers } from '../_push/notification-answers';
import { useHasCalled } from '../_push/push-offer-due';
import { useIsAnyCallBackDue } from '../_store/call-back';
import { ConnectionLine } from './connection-line';
import { Conversations } from './conversations';
import { showLostPart } from './lost-part';
import pageCss from './page.module.css';
import { PhoneCallBar } from './page-header';
import { Rail, TabBar } from './places';
import { watchPresses } from './pressed-away';
import css from './shell.module.css';
import { TabTitle } from './tab-title';

/** Most pages are never open when a promised call is due. Without it the conversation's row says so. */
const CallBackNotice = lazy(() => import('./call-back-notice').catch(() => ({ default: () => null })));

/** Whether it is to be offered is decided there. */
const PushOffer = lazy(() => import('../_push/push-offer').catch(() => ({ default: () => null })));

function DuePushOffer() {
  return useHasCalled() ? (
    <Suspense>
      <PushOffer />
    </Suspense>
  ) : null;
}

function DueCallBack({ openId }: { openId: string | null }) {
  const go = useGo();
  const open = useCallback((id: string) => go(conversationHref(id)), [go]);
  return useIsAnyCallBackDue() ? (
    <Suspense>
      <CallBackNotice openId={openId} open={open} />
    </Suspense>
  ) : null;
}

/** Rail, conversation list and page side by side; on a narrow window one of them at a time. */
export function Shell({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const conversationId = useOpenConversationId();
  const isCovered = useCallPlace().place === 'stage';
  // Before anything in it can be pressed.
  useLayoutEffect(watchPresses, []);
  useLoadLater();
  const pane = pathname === '/messages' ? 'list' : conversationId ? 'conversation' : 'page';
  return (
    // A call over the whole window covers all of it: nothing beneath takes the focus or is read out.
    <div className={css.shell} data-pane={pane} inert={isCovered}>
      <CallBoundary>
        <ConnectionLine />
        <TabTitle conversationId={conversationId} />
      </CallBoundary>
      <CallBoundary>
        <Rail />
      </CallBoundary>
      <CallBoundary>
        <Conversations openId={conversationId} />
      </CallBoundary>
      <div className={css.content}>
        <CallBoundary
          resetKey={pathname}
          fallback={(retry) => (
            <div className={pageCss.lost}>
              <PhoneCallBar conversationId={conversationId} />
              {showLostPart(retry)}
            </div>
          )}
        >
          {children}
        </CallBoundary>
      </div>
      <CallBoundary>
        <TabBar />
      </CallBoundary>
      <CallBoundary>
        <NotificationAnswers />
      </CallBoundary>
      <CallBoundary>
        <DueCallBack openId={conversationId} />
        <DuePushOffer />
      </CallBoundary>
    </div>
  );
}
