'use client';

import { type FormEvent, useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { Filled, slot } from '../../_language/filled';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { PageLink } from '../../_ui/page-link';
import { TextField } from '../../_ui/text-field';
import css from '../account.module.css';
import { signInWith } from '../sign-in';
import { UsernameField } from '../username-field';
import type { Welcome } from '../welcome';

export function SignInForm({ welcome }: { welcome: Welcome }) {
  const t = useText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const enter = async (name: string, word: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await signInWith(name.trim().toLowerCase(), word);
    } catch (error) {
      setProblem(sentenceOf(t, error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!username.trim()) return setProblem(t('account.typeUsername'));
    if (!password) return setProblem(t('account.typePassword'));
    void enter(username, password);
  };

  return (
    <>
      <form className={css.card} method="post" onSubmit={submit} noValidate>
        <h1>{t('account.welcome', { community: welcome.communityName })}</h1>
        <p className={css.lede}>{t('account.signInLede')}</p>
        <UsernameField value={username} onText={setUsername} />
        <TextField
          label={t('account.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onText={setPassword}
        />
        <Problem>{problem}</Problem>
        <Button className={css.submit} type="submit" tone="primary" size="lg" isBlock isBusy={isBusy}>
          {t('ui.signIn')}
        </Button>
      </form>
      <p className={css.other}>
        {t('account.newHere')} <PageLink href="/register">{t('account.createLink')}</PageLink>
      </p>
      {welcome.demo && (
        <section className={css.demo} aria-label={t('account.demo')}>
          <p>
            <Filled
              text={t('account.tryAs', { password: slot(0) })}
              parts={[<code key="password">{welcome.demo.password}</code>]}
            />
          </p>
          <div className={css.people}>
            {welcome.demo.usernames.map((name) => (
              <Button
                key={name}
                size="sm"
                disabled={isBusy}
                onClick={() => {
                  setUsername(name);
                  setPassword(welcome.demo?.password ?? '');
                }}
              >
                {name}
              </Button>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
