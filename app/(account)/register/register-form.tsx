'use client';

import { limits, passwordSchema, usernameSchema } from '@parley/call-protocol';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { Button, Problem } from '../../_ui/button';
import { TextField } from '../../_ui/text-field';
import { api, sentenceOf } from '../../(community)/_store/api';
import css from '../account.module.css';
import { signInWith } from '../sign-in';
import { type NotIn, SignInAgain } from '../sign-in-again';
import { UsernameField } from '../username-field';
import type { Welcome } from '../welcome';

export function RegisterForm({ welcome, invite }: { welcome: Welcome; invite: string | null }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [notIn, setNotIn] = useState<NotIn | null>(null);
  if (notIn) return <SignInAgain done="Your account is made." notIn={notIn} />;

  if (!welcome.isOpen && !invite) {
    return (
      <>
        <section className={css.card}>
          <h1>By invitation only</h1>
          <p className={css.lede}>
            {welcome.communityName} is a private community. Ask someone there for an invite link.
          </p>
        </section>
        <p className={css.other}>
          Have an account? <Link href="/login">Sign in</Link>
        </p>
      </>
    );
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const name = usernameSchema.safeParse(username);
    if (!name.success)
      return setProblem('A username has 2 to 32 letters, digits, dots, dashes or underscores.');
    if (!passwordSchema.safeParse(password).success) {
      return setProblem(`A password has at least ${limits.passwordMin} characters.`);
    }
    setBusy(true);
    setProblem(null);
    try {
      await api.register({ username: name.data, password, ...(invite ? { invite } : {}) });
      await signInWith(name.data, password).catch((error: unknown) =>
        setNotIn({ username: name.data, password, problem: sentenceOf(error) }),
      );
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };

  return (
    <>
      <form className={css.card} method="post" onSubmit={(event) => void submit(event)} noValidate>
        <h1>Join {welcome.communityName}</h1>
        <p className={css.lede}>Your name and picture come later, in Settings.</p>
        <UsernameField value={username} onText={setUsername} />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          help={`At least ${limits.passwordMin} characters.`}
          value={password}
          onText={setPassword}
        />
        <Problem>{problem}</Problem>
        <Button className={css.submit} type="submit" look="primary" size="large" isWide isBusy={isBusy}>
          Create account
        </Button>
      </form>
      <p className={css.other}>
        Have an account? <Link href="/login">Sign in</Link>
      </p>
    </>
  );
}
