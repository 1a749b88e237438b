'use client';

import type { OperatorView } from '@parley/call-protocol';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Line, Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { NameForm } from './name-form';
import { type Act, operatorApi } from './operator-api';

const registrations = [
  { value: 'invite', label: 'operator.byInvitation' },
  { value: 'open', label: 'operator.anyone' },
] as const;

/** The community's name and its registration setting. */
export function CommunitySection({ view, act }: { view: OperatorView; act: Act }) {
  const t = useText();
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (registration: 'invite' | 'open') =>
    setProblem(await act(() => operatorApi.changeCommunity({ registration })));
  return (
    <Section id="community" title={t('operator.community')}>
      <NameForm
        key={view.name}
        label={t('operator.channelName')}
        button={t('ui.save')}
        given={view.name}
        save={(name) => act(() => operatorApi.changeCommunity({ name }))}
      />
      <Line
        name={t('operator.whoCanRegister')}
        detail={t(
          view.isRegistrationFixed
            ? 'operator.registrationFixed'
            : view.registration === 'open'
              ? 'operator.openToAll'
              : 'operator.invitedOnly',
        )}
        control={(ids) => (
          <Choice
            {...ids}
            options={registrations.map(({ value, label }) => ({ value, label: t(label) }))}
            value={view.registration}
            isDisabled={view.isRegistrationFixed}
            onChange={(registration) => void choose(registration)}
          />
        )}
      />
      <div className={problem ? settingsCss.problem : undefined}>
        <Problem>{problem}</Problem>
      </div>
    </Section>
  );
}
