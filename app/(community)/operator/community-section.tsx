'use client';

import type { OperatorView } from '@parley/call-protocol';
import { useState } from 'react';
import { Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { Line, Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { NameForm } from './name-form';
import { type Act, operatorApi } from './operator-api';

const words = [
  { value: 'invite', label: 'By invitation' },
  { value: 'open', label: 'Anyone' },
] as const;

/** The community's name and its registration setting. */
export function CommunitySection({ view, act }: { view: OperatorView; act: Act }) {
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (registration: 'invite' | 'open') =>
    setProblem(await act(() => operatorApi.changeCommunity({ registration })));
  return (
    <Section id="community" title="Community">
      <NameForm
        key={view.name}
        label="Name"
        button="Save"
        given={view.name}
        save={(name) => act(() => operatorApi.changeCommunity({ name }))}
      />
      <Line
        name="Who can register"
        detail={
          view.isRegistrationFixed
            ? 'Set on the server with PARLEY_REGISTRATION.'
            : view.registration === 'open'
              ? 'Whoever finds the address can join.'
              : 'Only people with a link from here.'
        }
        control={(ids) => (
          <Choice
            {...ids}
            options={words}
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
