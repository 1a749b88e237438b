'use client';

import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { useToast } from '../../_ui/toast';
import { useMyId } from '../_store/hooks';
import { useAttempt } from '../_store/use-attempt';
import { turnPushOn } from './push-device';
import css from './push-offer.module.css';
import { putOfferAway } from './push-offer-due';

/** Offers, after a call, that calls ring in this browser while Parley is closed. The browser asks only when this is pressed. */
export default function PushOffer() {
  const t = useText();
  const myId = useMyId();
  const showToast = useToast();
  const { busy, problem, attempt } = useAttempt<'on'>();
  const turnOn = async () => {
    const isOn = await turnPushOn(myId);
    putOfferAway();
    showToast(t(isOn ? 'push.isOn' : 'settings.notificationBlocked'));
  };
  return (
    <section className={css.offer} aria-label={t('settings.pushName')}>
      <span className={css.words} role="status">
        {problem ?? t('push.offer')}
      </span>
      <Button size="sm" tone="primary" isBusy={busy === 'on'} onClick={() => void attempt('on', turnOn)}>
        {t('push.turnOn')}
      </Button>
      <Button size="sm" onClick={putOfferAway}>
        {t('push.notNow')}
      </Button>
    </section>
  );
}
