'use client';

import type { InviteView, OperatorView } from '@parley/call-protocol';
import { useState } from 'react';
import type { Translate } from '@/languages/translator';
import { Filled, slot } from '../../_language/filled';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { useIsHydrated } from '../../_ui/narrow';
import { dateText, daysAgo } from '../_store/show-time';
import { Line, Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { MadeLink } from './made-link';
import { type Act, operatorApi } from './operator-api';

const lives = ['1', '7', '30', 'never'] as const;
const uses = ['1', '10', 'any'] as const;
type Life = (typeof lives)[number];
type Uses = (typeof uses)[number];

/** Lists invite links, with forms to create and revoke them. */
export function InvitesSection({ view, act }: { view: OperatorView; act: Act }) {
  const t = useText();
  const [life, setLife] = useState<Life>('7');
  const [forWhom, setForWhom] = useState<Uses>('1');
  const [made, setMade] = useState<{ id: string; path: string } | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (key: string, work: () => Promise<unknown>) => {
    setBusy(key);
    setProblem(await act(work));
    setBusy(null);
  };
  const make = () =>
    run('make', async () => {
      const days = life === 'never' ? null : Number(life);
      setMade(await operatorApi.makeInvite(days, forWhom === 'any' ? null : Number(forWhom)));
    });
  return (
    <Section id="invites" title={t('operator.inviteLinks')}>
      <Line
        name={t('operator.uses')}
        control={(ids) => (
          <Choice
            {...ids}
            options={uses.map((value) => ({ value, label: value === 'any' ? t('operator.noLimit') : value }))}
            value={forWhom}
            onChange={setForWhom}
          />
        )}
      />
      <Line
        name={t('operator.expires')}
        control={(ids) => (
          <Choice
            {...ids}
            options={lives.map((value) => ({
              value,
              label: value === 'never' ? t('operator.never') : t('operator.inDays', { count: Number(value) }),
            }))}
            value={life}
            onChange={setLife}
          />
        )}
      />
      <div className={settingsCss.block}>
        <div className={settingsCss.row}>
          <Button tone="primary" isBusy={busy === 'make'} onClick={() => void make()}>
            {t('operator.createInvite')}
          </Button>
        </div>
        {made && view.invites.some(({ id }) => id === made.id) && (
          <MadeLink key={made.id} label={t('operator.inviteLink')} path={made.path} />
        )}
        <Problem>{problem}</Problem>
      </div>
      {view.invites.length === 0 && (
        <Line name={t('operator.noInvites')} detail={t('operator.noInvitesHelp')} control={() => null} />
      )}
      {view.invites.map((invite) => (
        <InviteLine
          key={invite.id}
          invite={invite}
          isBusy={busy === invite.id}
          revoke={() => void run(invite.id, () => operatorApi.revokeInvite(invite.id))}
        />
      ))}
    </Section>
  );
}

/** @param at null while the reader's time zone is unknown */
function createdText(t: Translate, name: string, at: number | null): string {
  if (at === null) return t('operator.created', { name });
  const days = daysAgo(at);
  if (days === 0) return t('operator.createdToday', { name });
  return days === 1
    ? t('operator.createdYesterday', { name })
    : t('operator.createdOn', { name, day: dateText(t, at) });
}

function usedText(t: Translate, { maxUses, useCount }: InviteView): string {
  return maxUses === null
    ? t('operator.usedTimes', { count: useCount })
    : t('operator.usedOf', { used: useCount, most: maxUses });
}

/** @param expiresAt null: never */
function expiresText(t: Translate, used: string, expiresAt: number | null): string {
  if (expiresAt === null) return t('operator.expiresNever', { used });
  return daysAgo(expiresAt) === 0
    ? t('operator.expiresToday', { used })
    : t('operator.expiresOn', { used, day: dateText(t, expiresAt) });
}

function InviteLine({ invite, isBusy, revoke }: { invite: InviteView; isBusy: boolean; revoke: () => void }) {
  const t = useText();
  // The server does not know the reader's time zone, so days are formatted in the browser.
  const isHydrated = useIsHydrated();
  const used = usedText(t, invite);
  return (
    <div className={settingsCss.line}>
      <span className={settingsCss.text}>
        <span className={settingsCss.name}>
          <Filled
            text={createdText(t, slot(0), isHydrated ? invite.createdAt : null)}
            parts={[<bdi key="name">{invite.creatorName ?? t('operator.theServer')}</bdi>]}
          />
        </span>
        <small className={settingsCss.detail}>
          {isHydrated || invite.expiresAt === null ? expiresText(t, used, invite.expiresAt) : used}
        </small>
      </span>
      <Button isBusy={isBusy} onClick={revoke}>
        {t('operator.revoke')}
      </Button>
    </div>
  );
}
