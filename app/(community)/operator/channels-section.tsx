'use client';

import type { OperatorView } from '@parley/call-protocol';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { Modal } from '../../_ui/modal';
import { Section } from '../settings/line';
import settingsCss from '../settings/settings.module.css';
import { NameForm } from './name-form';
import { type Act, operatorApi } from './operator-api';

/** Lists channels, with forms to add and rename them. */
export function ChannelsSection({ view, act }: { view: OperatorView; act: Act }) {
  const t = useText();
  const [renaming, setRenaming] = useState<OperatorView['channels'][number] | null>(null);
  const rename = async (id: string, title: string) => {
    const problem = await act(() => operatorApi.renameChannel(id, title));
    if (problem === null) setRenaming(null);
    return problem;
  };
  return (
    <Section id="channels" title={t('operator.channels')}>
      {view.channels.length === 0 && <p className={settingsCss.empty}>{t('operator.noChannels')}</p>}
      {view.channels.map((channel) => (
        <div className={settingsCss.line} key={channel.id}>
          <span className={settingsCss.text}>
            <span className={settingsCss.name}>
              <bdi>{channel.title}</bdi>
            </span>
          </span>
          <Button
            aria-label={t('operator.renameOne', { name: channel.title })}
            onClick={() => setRenaming(channel)}
          >
            {t('operator.rename')}
          </Button>
        </div>
      ))}
      <NameForm
        label={t('operator.newChannel')}
        button={t('operator.createChannel')}
        isEmptiedAfter
        save={(title) => act(() => operatorApi.createChannel(title))}
      />
      <Modal
        open={renaming !== null}
        onClose={() => setRenaming(null)}
        title={t('operator.renameChannel')}
        isSmall
      >
        {renaming && (
          <NameForm
            label={t('operator.channelName')}
            button={t('operator.rename')}
            given={renaming.title}
            save={(title) => rename(renaming.id, title)}
          />
        )}
      </Modal>
    </Section>
  );
}
