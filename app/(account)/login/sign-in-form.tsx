'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { Button, Problem } from '../../_ui/button';
import { TextField } from '../../_ui/text-field';
import { sentenceOf } from '../../(community)/_store/api';
import css from '../account.module.css';
import { signInWith } from '../sign-in';
import { UsernameField } from '../username-field';
import type { Welcome } from '../welcome';

export function SignInForm({ welcome }: { welcome: Welcome }) {
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
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!username.trim()) return setProblem('Type your username.');
    if (!password) return setProblem('Type your password.');
    void enter(username, password);
  };

  return (
    <>
      <form className={css.card} method="post" onSubmit={submit} noValidate>
        <h1>Welcome to {welcome.communityName}</h1>
        <p className={css.lede}>Sign in to talk to your people.</p>
        <UsernameField value={username} onText={setUsername} />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          value={password}
          onText={setPassword}
        />
        <Problem>{problem}</Problem>
        <Button className={css.submit} type="submit" look="primary" size="large" isWide isBusy={isBusy}>
          Sign in
        </Button>
      </form>
      <p className={css.other}>
        New here? <Link href="/register">Create an account</Link>
      </p>
      {welcome.demo && (
        <section className={css.demo} aria-label="Demo">
          <p>
            Try it as one of these, password <code>{welcome.demo.password}</code>
          </p>
          <div className={css.people}>
            {welcome.demo.usernames.map((name) => (
              <Button
                key={name}
                size="small"
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
