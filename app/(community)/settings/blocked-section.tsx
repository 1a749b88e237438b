'use client';

import { useState } from 'react';
import { Avatar } from '../../_ui/avatar';
import { Button, Problem } from '../../_ui/button';
import { Name } from '../../_ui/name';
import { api, sentenceOf } from '../_store/api';
import { useCommunityList } from '../_store/hooks';
import { Section } from './line';
import css from './settings.module.css';

/** Lists blocked people, with **Unblock**. */
export function BlockedSection() {
  const [busyId, setBusyId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const blocked = useCommunityList(({ users }) => [...users.values()].filter((user) => user.isBlocked));
  const unblock = async (userId: string) => {
    setBusyId(userId);
    setProblem(null);
    try {
      await api.unblock(userId);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusyId(null);
    }
  };
  return (
    <Section id="blocked" title="Blocked people">
      {blocked.length === 0 && <p className={css.empty}>You have not blocked anyone.</p>}
      {blocked.map((user) => (
        <div className={css.line} key={user.id}>
          <span className={css.person}>
            <Avatar person={user} size={36} />
            <span>
              <Name>{user.displayName}</Name>
              <small>@{user.username}</small>
            </span>
          </span>
          <Button
            aria-label={`Unblock ${user.displayName}`}
            isBusy={busyId === user.id}
            onClick={() => void unblock(user.id)}
          >
            Unblock
          </Button>
        </div>
      ))}
      <div className={problem ? css.problem : undefined}>
        <Problem>{problem}</Problem>
      </div>
    </Section>
  );
}
