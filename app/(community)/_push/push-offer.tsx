'use client';

import { useCallPlace } from '@parley/call-kit';
import type { ReactNode } from 'react';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { useToast } from '../../_ui/toast';
import { useMyId } from '../_store/hooks';
import { useAttempt } from '../_store/use-attempt';
import { pushAbility } from './push-ability';
import { turnPushOn } from './push-device';
import css from './push-offer.module.css';
import { forgetCalls } from './push-offer-due';
import { isOwnPush } from './push-owner';

/** That this browser was asked, whatever the answer: it is asked once. */
const askedKey = 'parley-push-offer';

function canBeOffered(myId: string): boolean {
  try {
    if (localStorage.getItem(askedKey) !== null) return false;
  } catch {
    // Where nothing can be kept, nothing can be switched on either.
    return false;
  }
  return pushAbility() === 'possible' && Notification.permission !== 'denied' && !isOwnPush(myId);
}

function putOfferAway(): void {
  localStorage.setItem(askedKey, 'asked');
  forgetCalls();
}

/** Offers, after a call, that calls ring in this browser while Parley is closed. The browser asks only when this is pressed. */
export default function PushOffer(): ReactNode {
  const t = useText();
  const myId = useMyId();
  const showToast = useToast();
  const { busy, problem, attempt } = useAttempt<'on'>();
  const isInCall = useCallPlace().place !== null;
  if (isInCall || !canBeOffered(myId)) return null;
  const turnOn = async () => {
    const isOn = await turnPushOn(myId);
    putOfferAway();
    showToast(t(isOn ? 'shell.pushIsOn' : 'shell.pushBlocked'));
  };
  return (
    <section className={css.offer} aria-label={t('shell.pushName')}>
      <span className={css.words} role="status">
        {problem ?? t('shell.pushOffer')}
      </span>
      <Button size="sm" tone="primary" isBusy={busy === 'on'} onClick={() => void attempt('on', turnOn)}>
        {t('shell.pushTurnOn')}
      </Button>
      <Button size="sm" onClick={putOfferAway}>
        {t('shell.pushNotNow')}
      </Button>
    </section>
  );
}
