'use client';

import { type FormEvent, useState } from 'react';
import { sentenceOf } from '../_language/api-error';
import { Filled, slot } from '../_language/filled';
import { useText } from '../_language/text-provider';
import { Button, Problem } from '../_ui/button';
import { Username } from '../_ui/name';
import { PageLink } from '../_ui/page-link';
import css from './account.module.css';
import { signInWith } from './sign-in';

/** An account that is ready, and why this browser is not signed in to it yet. */
export type NotIn = { username: string; password: string; problem: string };

/**
 * For who made an account or chose a password and could not be signed in after it: what was done is done
 * (a link works once, a name is taken), so only signing in is tried again.
 */
export function SignInAgain({ done, notIn }: { done: string; notIn: NotIn }) {
  const t = useText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(notIn.problem);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signInWith(notIn.username, notIn.password);
    } catch (error) {
      setProblem(sentenceOf(t, error));
      setBusy(false);
    }
  };
  return (
    <>
      <form className={css.card} method="post" onSubmit={(event) => void submit(event)}>
        <h1>{done}</h1>
        <p className={css.lede}>
          <Filled
            text={t('account.onlySignIn', { username: slot(0) })}
            parts={[<Username key="username">{notIn.username}</Username>]}
          />
        </p>
        <Problem>{problem}</Problem>
        <Button
          className={css.submit}
          type="submit"
          tone="primary"
          size="lg"
          isBlock
          isBusy={isBusy}
          autoFocus
        >
          {t('ui.signIn')}
        </Button>
      </form>
      <p className={css.other}>
        {t('account.anotherAccount')} <PageLink href="/login">{t('ui.signIn')}</PageLink>
      </p>
    </>
  );
}
