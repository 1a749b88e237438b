'use client';

import type { InviteView, OperatorView } from '@parley/call-protocol';
import { useState } from 'react';
import { Button, Problem } from '../../_ui/button';
import { Choice } from '../../_ui/choice';
import { useIsHydrated } from '../../_ui/narrow';
import { dayText } from '../_store/show-time';
import { Line, Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { MadeLink } from './made-link';
import { type Act, operatorApi } from './operator-api';

const lives = [
  { value: '1', label: 'In 1 day' },
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: 'never', label: 'Never' },
] as const;
const uses = [
  { value: '1', label: '1' },
  { value: '10', label: '10' },
  { value: 'any', label: 'No limit' },
] as const;
type Life = (typeof lives)[number]['value'];
type Uses = (typeof uses)[number]['value'];

/** Lists invite links, with forms to create and revoke them. */
export function InvitesSection({ view, act }: { view: OperatorView; act: Act }) {
  const [life, setLife] = useState<Life>('7');
  const [forWhom, setForWhom] = useState<Uses>('1');
  const [made, setMade] = useState<{ id: string; path: string } | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (key: string, work: () => Promise<unknown>) => {
    setBusy(key);
    setProblem(await act(work));
    setBusy(null);
  };
  const make = () =>
    run('make', async () => {
      const days = life === 'never' ? null : Number(life);
      setMade(await operatorApi.makeInvite(days, forWhom === 'any' ? null : Number(forWhom)));
    });
  return (
    <Section id="invites" title="Invite links">
      <Line
        name="Uses"
        control={(ids) => <Choice {...ids} options={uses} value={forWhom} onChange={setForWhom} />}
      />
      <Line
        name="Expires"
        control={(ids) => <Choice {...ids} options={lives} value={life} onChange={setLife} />}
      />
      <div className={settingsCss.block}>
        <div className={settingsCss.row}>
          <Button look="primary" isBusy={busy === 'make'} onClick={() => void make()}>
            Create invite link
          </Button>
        </div>
        {made && view.invites.some(({ id }) => id === made.id) && (
          <MadeLink key={made.id} label="Invite link" path={made.path} />
        )}
        <Problem>{problem}</Problem>
      </div>
      {view.invites.length === 0 && (
        <Line name="No invite links" detail="Create one to let people in." control={() => null} />
      )}
      {view.invites.map((invite) => (
        <InviteLine
          key={invite.id}
          invite={invite}
          isBusy={busy === invite.id}
          revoke={() => void run(invite.id, () => operatorApi.revokeInvite(invite.id))}
        />
      ))}
    </Section>
  );
}

const times = (count: number) => (count === 1 ? '1 time' : `${count} times`);
/** "today", but "Monday 9 March". */
const midSentence = (day: string) => day.replace(/^(Today|Yesterday)$/, (word) => word.toLowerCase());

function InviteLine({ invite, isBusy, revoke }: { invite: InviteView; isBusy: boolean; revoke: () => void }) {
  // The server does not know the reader's time zone, so days are formatted in the browser.
  const isHydrated = useIsHydrated();
  const used =
    invite.maxUses === null
      ? `Used ${times(invite.useCount)}`
      : `Used ${invite.useCount} of ${times(invite.maxUses)}`;
  const until =
    invite.expiresAt === null
      ? 'never expires'
      : isHydrated
        ? `expires ${midSentence(dayText(invite.expiresAt))}`
        : '';
  return (
    <div className={settingsCss.line}>
      <span className={settingsCss.text}>
        <span className={settingsCss.name}>
          Created {isHydrated ? midSentence(dayText(invite.createdAt)) : ''} by{' '}
          <bdi>{invite.creatorName ?? 'the server'}</bdi>
        </span>
        <small className={settingsCss.detail}>
          {used}, {until}
        </small>
      </span>
      <Button isBusy={isBusy} onClick={revoke}>
        Revoke
      </Button>
    </div>
  );
}
