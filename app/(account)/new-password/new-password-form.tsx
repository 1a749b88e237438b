'use client';

import { limits, passwordSchema } from '@parley/call-protocol';
import { type FormEvent, useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { TextField } from '../../_ui/text-field';
import { api } from '../../(community)/_store/api';
import css from '../account.module.css';
import { signInWith } from '../sign-in';
import { type NotIn, SignInAgain } from '../sign-in-again';

/** Sets a new password with the operator's link, then signs in. */
export function NewPasswordForm({ token }: { token: string }) {
  const t = useText();
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [notIn, setNotIn] = useState<NotIn | null>(null);
  if (notIn) return <SignInAgain done={t('account.passwordSaved')} notIn={notIn} />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!passwordSchema.safeParse(password).success) {
      return setProblem(t('ui.passwordTooShort', { count: limits.passwordMin }));
    }
    setBusy(true);
    setProblem(null);
    try {
      const { username } = await api.choosePassword(token, password);
      await signInWith(username, password).catch((error: unknown) =>
        setNotIn({ username, password, problem: sentenceOf(t, error) }),
      );
    } catch (error) {
      setProblem(sentenceOf(t, error));
      setBusy(false);
    }
  };
  return (
    <form className={css.card} method="post" onSubmit={(event) => void submit(event)} noValidate>
      <h1>{t('account.choosePassword')}</h1>
      <TextField
        label={t('ui.newPassword')}
        type="password"
        autoComplete="new-password"
        help={t('ui.passwordHelp', { count: limits.passwordMin })}
        autoFocus
        value={password}
        onText={setPassword}
      />
      <Problem>{problem}</Problem>
      <Button className={css.submit} type="submit" tone="primary" size="lg" isBlock isBusy={isBusy}>
        {t('account.saveAndSignIn')}
      </Button>
    </form>
  );
}
