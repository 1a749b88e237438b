'use client';

import { limits, passwordSchema } from '@parley/call-protocol';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { Button, Problem } from '../../_ui/button';
import { TextField } from '../../_ui/text-field';
import ui from '../../_ui/ui.module.css';
import { api, sentenceOf } from '../_store/api';
import { useCommunity, useCommunityStore } from '../_store/hooks';
import { Line, Section } from './line';
import css from './settings.module.css';

/** Changes the password and signs out. */
export function AccountSection() {
  return (
    <Section id="account" title="Account">
      <OperatorLine />
      <ChangePassword />
      <SignOut />
    </Section>
  );
}

/** Links to the operator's screen; rendered for operators only. */
function OperatorLine() {
  if (!useCommunity((state) => state.me.isOperator)) return null;
  return (
    <Line
      name="Your community"
      detail="Name, channels, invite links and people."
      control={() => (
        <Link className={ui.btn} href="/operator">
          Open
        </Link>
      )}
    />
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!passwordSchema.safeParse(next).success) {
      return setProblem(`The new password needs at least ${limits.passwordMin} characters.`);
    }
    setState('busy');
    setProblem(null);
    try {
      await api.changePassword(current, next);
      setCurrent('');
      setNext('');
      setState('saved');
    } catch (error) {
      setProblem(sentenceOf(error));
      setState('idle');
    }
  };
  return (
    <form className={css.block} method="post" onSubmit={(event) => void save(event)}>
      <TextField
        label="Current password"
        type="password"
        autoComplete="current-password"
        value={current}
        onText={setCurrent}
      />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        value={next}
        onText={(text) => {
          setNext(text);
          setState('idle');
        }}
      />
      <Problem>{problem}</Problem>
      <div className={css.row}>
        <Button type="submit" isBusy={state === 'busy'} disabled={current === '' || next === ''}>
          Change password
        </Button>
        <span className={css.saved} role="status">
          {state === 'saved' ? 'Changed. Your other sign-ins have ended.' : ''}
        </span>
      </div>
    </form>
  );
}

function SignOut() {
  const store = useCommunityStore();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const leave = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await api.signOut();
      // The stream says the same, sooner or later; a second navigation would cut the first one short.
      store.handle({ type: 'signed-out', data: {} });
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <>
      <Line
        name="Sign out"
        detail="On this browser only."
        control={() => (
          <Button isBusy={isBusy} onClick={() => void leave()}>
            Sign out
          </Button>
        )}
      />
      {problem && (
        <div className={css.problem}>
          <Problem>{problem}</Problem>
        </div>
      )}
    </>
  );
}
