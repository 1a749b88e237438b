'use client';

import { limits, passwordSchema } from '@parley/call-protocol';
import { type FormEvent, useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { Button, Problem } from '../../_ui/button';
import { PageLink } from '../../_ui/page-link';
import { TextField } from '../../_ui/text-field';
import ui from '../../_ui/ui.module.css';
import { unsubscribe } from '../_push/push-device';
import { api } from '../_store/api';
import { useCommunity, useCommunityStore } from '../_store/hooks';
import { Line, Section } from './line';
import css from './settings.module.css';

/** Changes the password and signs out. */
export function AccountSection() {
  const t = useText();
  return (
    <Section id="account" title={t('settings.account')}>
      <OperatorLine />
      <ChangePassword />
      <SignOut />
    </Section>
  );
}

/** Links to the operator's screen; rendered for operators only. */
function OperatorLine() {
  const t = useText();
  const isOperator = useCommunity((state) => state.me.isOperator);
  if (!isOperator) return null;
  return (
    <Line
      name={t('settings.yourCommunity')}
      detail={t('settings.communityHelp')}
      control={() => (
        <PageLink className={ui.btn} href="/operator">
          {t('settings.open')}
        </PageLink>
      )}
    />
  );
}

function ChangePassword() {
  const t = useText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'saved'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!passwordSchema.safeParse(next).success) {
      return setProblem(t('settings.passwordTooShort', { count: limits.passwordMin }));
    }
    setState('busy');
    setProblem(null);
    try {
      await api.changePassword(current, next);
      setCurrent('');
      setNext('');
      setState('saved');
    } catch (error) {
      setProblem(sentenceOf(t, error));
      setState('idle');
    }
  };
  return (
    <form className={css.block} method="post" onSubmit={(event) => void save(event)}>
      <TextField
        label={t('settings.currentPassword')}
        type="password"
        autoComplete="current-password"
        value={current}
        onText={setCurrent}
      />
      <TextField
        label={t('ui.newPassword')}
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
          {t('settings.changePassword')}
        </Button>
        <span className={css.saved} role="status">
          {state === 'saved' ? t('settings.passwordChanged') : ''}
        </span>
      </div>
    </form>
  );
}

function SignOut() {
  const t = useText();
  const store = useCommunityStore();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const leave = async () => {
    setBusy(true);
    setProblem(null);
    try {
      // Not waited for: the server has forgotten the device with the sign-in.
      unsubscribe().catch(() => {});
      await api.signOut();
      // The stream says the same, sooner or later; a second navigation would cut the first one short.
      store.handle({ type: 'signed-out', data: {} });
    } catch (error) {
      setProblem(sentenceOf(t, error));
      setBusy(false);
    }
  };
  return (
    <>
      <Line
        name={t('settings.signOut')}
        detail={t('settings.signOutHelp')}
        control={() => (
          <Button isBusy={isBusy} onClick={() => void leave()}>
            {t('settings.signOut')}
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
