'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { Button, Problem } from '../_ui/button';
import { sentenceOf } from '../(community)/_store/api';
import css from './account.module.css';
import { signInWith } from './sign-in';

/** An account that is ready, and why this browser is not signed in to it yet. */
export type NotIn = { username: string; password: string; problem: string };

/**
 * For who made an account or chose a password and could not be signed in after it: what was done is done
 * (a link works once, a name is taken), so only signing in is tried again.
 */
export function SignInAgain({ done, notIn }: { done: string; notIn: NotIn }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(notIn.problem);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signInWith(notIn.username, notIn.password);
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      <form className={css.card} method="post" onSubmit={(event) => void submit(event)}>
        <h1>{done}</h1>
        <p className={css.lede}>
          You are <bdi>@{notIn.username}</bdi>. Only signing in is left.
        </p>
        <Problem>{problem}</Problem>
        <Button
          className={css.submit}
          type="submit"
          look="primary"
          size="large"
          isWide
          isBusy={isBusy}
          autoFocus
        >
          Sign in
        </Button>
      </form>
      <p className={css.other}>
        Have another account? <Link href="/login">Sign in</Link>
      </p>
    </>
  );
}
