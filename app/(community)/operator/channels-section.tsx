'use client';

import type { OperatorView } from '@parley/call-protocol';
import { useState } from 'react';
import { Button } from '../../_ui/button';
import { Modal } from '../../_ui/modal';
import { Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { NameForm } from './name-form';
import { type Act, operatorApi } from './operator-api';

/** Lists channels, with forms to add and rename them. */
export function ChannelsSection({ view, act }: { view: OperatorView; act: Act }) {
  const [renaming, setRenaming] = useState<OperatorView['channels'][number] | null>(null);
  const rename = async (id: string, title: string) => {
    const problem = await act(() => operatorApi.renameChannel(id, title));
    if (problem === null) setRenaming(null);
    return problem;
  };
  return (
    <Section id="channels" title="Channels">
      {view.channels.length === 0 && <p className={settingsCss.empty}>There is no channel yet.</p>}
      {view.channels.map((channel) => (
        <div className={settingsCss.line} key={channel.id}>
          <span className={settingsCss.text}>
            <bdi className={settingsCss.name}>{channel.title}</bdi>
          </span>
          <Button aria-label={`Rename ${channel.title}`} onClick={() => setRenaming(channel)}>
            Rename
          </Button>
        </div>
      ))}
      <NameForm
        label="New channel"
        button="Create channel"
        isEmptiedAfter
        save={(title) => act(() => operatorApi.createChannel(title))}
      />
      <Modal open={renaming !== null} onClose={() => setRenaming(null)} title="Rename channel" isSmall>
        {renaming && (
          <NameForm
            label="Name"
            button="Rename"
            given={renaming.title}
            save={(title) => rename(renaming.id, title)}
          />
        )}
      </Modal>
    </Section>
  );
}
