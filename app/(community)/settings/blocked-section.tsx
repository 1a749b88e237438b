'use client';

import { useText } from '../../_language/text-provider';
import { Avatar } from '../../_ui/avatar';
import { Button, Problem } from '../../_ui/button';
import { Name, Username } from '../../_ui/name';
import { api } from '../_store/api';
import { useCommunityList } from '../_store/hooks';
import { useAttempt } from '../_store/use-attempt';
import { Section } from './line';
import css from './settings.module.css';

/** Lists blocked people, with **Unblock**. */
export function BlockedSection() {
  const t = useText();
  const { busy, problem, attempt } = useAttempt<string>();
  const blocked = useCommunityList(({ users }) => [...users.values()].filter((user) => user.isBlocked));
  return (
    <Section id="blocked" title={t('settings.blockedPeople')}>
      {blocked.length === 0 && <p className={css.empty}>{t('settings.noneBlocked')}</p>}
      {blocked.map((user) => (
        <div className={css.line} key={user.id}>
          <span className={css.person}>
            <Avatar person={user} size={36} />
            <span>
              <Name>{user.displayName}</Name>
              <small>
                <Username>{user.username}</Username>
              </small>
            </span>
          </span>
          <Button
            aria-label={t('settings.unblockPerson', { name: user.displayName })}
            isBusy={busy === user.id}
            onClick={() => void attempt(user.id, () => api.unblock(user.id))}
          >
            {t('settings.unblock')}
          </Button>
        </div>
      ))}
      <div className={problem ? css.problem : undefined}>
        <Problem>{problem}</Problem>
      </div>
    </Section>
  );
}
