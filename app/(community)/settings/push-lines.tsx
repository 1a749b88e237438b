'use client';

import { useCallback, useEffect, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { Toggle } from '../../_ui/toggle';
import { pushAbility } from '../_push/push-ability';
import {
  type PushDevice,
  readPush,
  sendPushTest,
  setPushText,
  turnPushOff,
  turnPushOn,
} from '../_push/push-device';
import { useMyId } from '../_store/hooks';
import { useAttempt } from '../_store/use-attempt';
import { Line } from './line';
import css from './settings.module.css';

const reasons = {
  insecure: 'settings.pushInsecure',
  install_first: 'settings.pushInstallFirst',
  unsupported: 'settings.pushUnsupported',
} as const;

/** Whether this device rings while Parley is closed, a test, and the person's other devices. */
export function PushLines() {
  const t = useText();
  const myId = useMyId();
  const [devices, setDevices] = useState<PushDevice[] | null>(null);
  const [isBlocked, setBlocked] = useState(false);
  const [isSent, setSent] = useState(false);
  const { busy, problem, attempt } = useAttempt<string>();
  const read = useCallback(async () => setDevices((await readPush()).devices), []);
  useEffect(() => {
    const ability = pushAbility();
    setBlocked(ability === 'possible' && Notification.permission === 'denied');
    read().catch(() => setDevices([]));
  }, [read]);

  const ability = pushAbility();
  const own = devices?.find(({ isThis }) => isThis) ?? null;
  const others = devices?.filter(({ isThis }) => !isThis) ?? [];
  const nameOf = ({ name }: PushDevice) => name || t('settings.someDevice');
  const setOn = (isOn: boolean) =>
    void attempt('this', async () => {
      if (isOn) setBlocked(!(await turnPushOn(myId)));
      else if (own) await turnPushOff(own);
      await read();
    });
  const setText =
    ({ id }: PushDevice) =>
    (showsText: boolean) =>
      void attempt('text', async () => {
        await setPushText(id, showsText);
        await read();
      });
  const detail = isBlocked
    ? t('settings.notificationBlocked')
    : ability === 'possible'
      ? t(own?.isRefused ? 'settings.pushRefused' : 'settings.pushHelp')
      : t(reasons[ability]);

  return (
    <>
      <Line
        name={t('shell.pushName')}
        detail={detail}
        control={(ids) =>
          ability === 'possible' && !isBlocked ? (
            <Toggle {...ids} isOn={own !== null} onChange={setOn} />
          ) : (
            <span className={css.detail}>{t('settings.off')}</span>
          )
        }
      />
      {own && (
        <Line
          name={t('settings.pushText')}
          detail={t('settings.pushTextHelp')}
          control={(ids) => <Toggle {...ids} isOn={own.showsText} onChange={setText(own)} />}
        />
      )}
      {own && (
        <Line
          name={t('settings.pushTest')}
          {...(isSent ? { detail: t('settings.pushTestSent') } : {})}
          control={(ids) => (
            <Button
              aria-describedby={ids.labelledBy}
              isBusy={busy === 'test'}
              onClick={() =>
                void attempt('test', async () => {
                  await sendPushTest(own.id);
                  setSent(true);
                })
              }
            >
              {t('settings.sendTest')}
            </Button>
          )}
        />
      )}
      {others.map((one) => (
        <Line
          key={one.id}
          name={nameOf(one)}
          detail={t(one.isRefused ? 'settings.pushRefused' : 'settings.pushElsewhere')}
          control={() => (
            <Button
              aria-label={t('settings.pushTurnOff', { name: nameOf(one) })}
              isBusy={busy === one.id}
              onClick={() =>
                void attempt(one.id, async () => {
                  await turnPushOff(one);
                  await read();
                })
              }
            >
              {t('settings.turnOff')}
            </Button>
          )}
        />
      ))}
      <div className={problem ? css.problem : undefined}>
        <Problem>{problem}</Problem>
      </div>
    </>
  );
}
