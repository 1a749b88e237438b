'use client';

import type { Permission } from '@parley/call-protocol';
import { useState } from 'react';
import { Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Toggle } from '../../_ui/toggle';
import { api, sentenceOf } from '../_store/api';
import { useCommunity } from '../_store/hooks';
import { Line, Section } from './line';
import css from './settings.module.css';

const words: { value: Permission; label: string }[] = [
  { value: 'everyone', label: 'Everyone' },
  { value: 'known', label: 'People I know' },
  { value: 'nobody', label: 'Nobody' },
];
/** Permissions from narrow to wide. */
const reach: Record<Permission, number> = { everyone: 2, known: 1, nobody: 0 };

/** Who can message and who can call. Calling cannot be wider than messaging. */
export function PrivacySection() {
  const me = useCommunity((state) => state.me);
  const [problem, setProblem] = useState<string | null>(null);
  const change = async (what: Parameters<typeof api.changeMe>[0]) => {
    setProblem(null);
    try {
      await api.changeMe(what);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  const setMessages = (messagePermission: Permission) =>
    void change(
      reach[me.callPermission] > reach[messagePermission]
        ? { messagePermission, callPermission: messagePermission }
        : { messagePermission },
    );

  return (
    <Section id="privacy" title="Privacy">
      <Line
        name="Who can message me"
        control={(ids) => (
          <Choice {...ids} options={words} value={me.messagePermission} onChange={setMessages} />
        )}
      />
      <Line
        name="Who can call me"
        detail="Only people who can message you can call you."
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
        name="Do not disturb"
        detail="Calls won’t ring or pop up."
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
