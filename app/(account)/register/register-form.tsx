'use client';

import { limits, passwordSchema, usernameSchema } from '@parley/call-protocol';
import { type FormEvent, useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { PageLink } from '../../_ui/page-link';
import { TextField } from '../../_ui/text-field';
import { api } from '../../(community)/_store/api';
import css from '../account.module.css';
import { signInWith } from '../sign-in';
import { type NotIn, SignInAgain } from '../sign-in-again';
import { UsernameField } from '../username-field';
import type { Welcome } from '../welcome';

export function RegisterForm({ welcome, invite }: { welcome: Welcome; invite: string | null }) {
  const t = useText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [notIn, setNotIn] = useState<NotIn | null>(null);
  if (notIn) return <SignInAgain done={t('account.accountMade')} notIn={notIn} />;

  if (!welcome.isOpen && !invite) {
    return (
      <>
        <section className={css.card}>
          <h1>{t('account.byInvitation')}</h1>
          <p className={css.lede}>{t('account.private', { community: welcome.communityName })}</p>
        </section>
        <p className={css.other}>
          {t('account.haveAccount')} <PageLink href="/login">{t('ui.signIn')}</PageLink>
        </p>
      </>
    );
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const name = usernameSchema.safeParse(username);
    if (!name.success) return setProblem(t('account.usernameRule'));
    if (!passwordSchema.safeParse(password).success) {
      return setProblem(t('ui.passwordTooShort', { count: limits.passwordMin }));
    }
    setBusy(true);
    setProblem(null);
    try {
      await api.register({ username: name.data, password, ...(invite ? { invite } : {}) });
      await signInWith(name.data, password).catch((error: unknown) =>
        setNotIn({ username: name.data, password, problem: sentenceOf(t, error) }),
      );
    } catch (error) {
      setProblem(sentenceOf(t, error));
      setBusy(false);
    }
  };

  return (
    <>
      <form className={css.card} method="post" onSubmit={(event) => void submit(event)} noValidate>
        <h1>{t('account.join', { community: welcome.communityName })}</h1>
        <p className={css.lede}>{t('account.later')}</p>
        <UsernameField value={username} onText={setUsername} />
        <TextField
          label={t('account.password')}
          name="password"
          type="password"
          autoComplete="new-password"
          help={t('ui.passwordHelp', { count: limits.passwordMin })}
          value={password}
          onText={setPassword}
        />
        <Problem>{problem}</Problem>
        <Button className={css.submit} type="submit" tone="primary" size="lg" isBlock isBusy={isBusy}>
          {t('account.create')}
        </Button>
      </form>
      <p className={css.other}>
        {t('account.haveAccount')} <PageLink href="/login">{t('ui.signIn')}</PageLink>
      </p>
    </>
  );
}
