'use client';

import type { Permission } from '@parley/call-protocol';
import { useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { api } from '../_store/api';
import { useCommunity } from '../_store/hooks';
import { Line, Section } from './line';
import css from './settings.module.css';

const reaches = [
  { value: 'everyone', label: 'settings.everyone' },
  { value: 'known', label: 'settings.peopleIKnow' },
  { value: 'nobody', label: 'settings.nobody' },
] as const;
/** Permissions from narrow to wide. */
const reach: Record<Permission, number> = { everyone: 2, known: 1, nobody: 0 };

/** Who can message and who can call. Calling cannot be wider than messaging. */
export function PrivacySection() {
  const t = useText();
  const me = useCommunity((state) => state.me);
  const words = reaches.map(({ value, label }) => ({ value, label: t(label) }));
  const [problem, setProblem] = useState<string | null>(null);
  const change = async (what: Parameters<typeof api.changeMe>[0]) => {
    setProblem(null);
    try {
      await api.changeMe(what);
    } catch (error) {
      setProblem(sentenceOf(t, error));
    }
  };
  const setMessages = (messagePermission: Permission) =>
    void change(
      reach[me.callPermission] > reach[messagePermission]
        ? { messagePermission, callPermission: messagePermission }
        : { messagePermission },
    );

  return (
    <Section id="privacy" title={t('settings.privacy')}>
      <Line
        name={t('settings.whoCanMessage')}
        control={(ids) => (
          <Choice {...ids} options={words} value={me.messagePermission} onChange={setMessages} />
        )}
      />
      <Line
        name={t('settings.whoCanCall')}
        detail={t('settings.whoCanCallHelp')}
        control={(ids) => (
          <Choice
            {...ids}
            options={words.map((one) => ({
              ...one,
              isDisabled: reach[one.value] > reach[me.messagePermission],
            }))}
            value={me.callPermission}
            onChange={(callPermission) => void change({ callPermission })}
          />
        )}
      />
      <Line
        name={t('ui.presenceQuiet')}
        detail={t('settings.quietHelp')}
        control={(ids) => (
          <Toggle
            {...ids}
            isOn={me.doNotDisturb}
            onChange={(doNotDisturb) => void change({ doNotDisturb })}
          />
        )}
      />
      <div className={problem ? css.problem : undefined}>
        <Problem>{problem}</Problem>
      </div>
    </Section>
  );
}
