'use client';

import Link from 'next/link';
import { type FormEvent, useId, useState } from 'react';
import { Button, Problem } from '../../_ui/button';
import ui from '../../_ui/ui.module.css';
import css from '../account.module.css';
import { signInWith } from '../sign-in';
import type { Welcome } from '../welcome';

export function SignInForm({ welcome }: { welcome: Welcome }) {
  const id = useId();
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
      setProblem(error instanceof Error ? error.message : 'That did not work. Try again.');
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
        <div className={ui.field}>
          <label className={ui.label} htmlFor={`${id}-name`}>
            Username
          </label>
          <input
            className={ui.input}
            id={`${id}-name`}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the only thing to do on this page
            autoFocus
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </div>
        <div className={ui.field}>
          <label className={ui.label} htmlFor={`${id}-word`}>
            Password
          </label>
          <input
            className={ui.input}
            id={`${id}-word`}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
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
