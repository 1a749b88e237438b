'use client';

import { Menu } from '@base-ui/react/menu';
import { DeviceCheck, isolateText } from '@parley/call-kit';
import type { ConversationView } from '@parley/call-protocol';
import {
  Bell,
  BellOff,
  LogOut,
  MessageSquare,
  MessageSquareOff,
  Pencil,
  Settings2,
  UserPlus,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../../_language/api-error';
import { useText } from '../../_language/text-provider';
import { IconButton } from '../../_ui/button';
import { useGo } from '../../_ui/go';
import { MoreIcon } from '../../_ui/icons';
import menuCss from '../../_ui/menu.module.css';
import { ConfirmModal, Modal } from '../../_ui/modal';
import { useToast } from '../../_ui/toast';
import { api } from '../_store/api';
import { useMyId } from '../_store/hooks';
import { AddPeople } from './add-people';
import { RenameGroup } from './rename-group';

const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Only who made a group can add people to it, and only while they are in it. */
function wayBack({ creatorId, memberIds }: ConversationView, selfId: string) {
  if (creatorId === selfId) return 'messages.wayBackCreator';
  return creatorId && memberIds?.includes(creatorId) ? 'messages.wayBackOther' : 'messages.wayBackGone';
}

export type OpenedMoreMenuProps = {
  conversation: ConversationView;
  title: string;
  /** It was opened without a pointer, so that its first item has the focus. */
  isByKeys: boolean;
};

/** The menu of `MoreMenu` with its button, open from the start, and the dialogs that it leads to. */
export function OpenedMoreMenu({ conversation, title, isByKeys }: OpenedMoreMenuProps) {
  const t = useText();
  const go = useGo();
  const showToast = useToast();
  const myId = useMyId();
  const [open, setOpen] = useState<'devices' | 'rename' | 'add' | 'leave' | null>(null);
  const isCreator = conversation.creatorId === myId;
  const mute = async (change: { callsMuted: boolean } | { messagesMuted: boolean }) => {
    try {
      await api.changeConversation(conversation.id, change);
    } catch (error) {
      showToast(sentenceOf(t, error));
    }
  };
  const close = () => setOpen(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const wasByKeys = useRef(isByKeys);
  useEffect(() => {
    if (!wasByKeys.current) return;
    wasByKeys.current = false;
    // The key that was pressed on the button before this one, so that the library does what it does for every later one.
    trigger.current?.focus();
    trigger.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  }, []);

  return (
    <>
      <Menu.Root defaultOpen={!isByKeys}>
        <Menu.Trigger ref={trigger} render={<IconButton label={t('messages.more')} />}>
          <MoreIcon />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className={menuCss.positioner} align="end" sideOffset={6}>
            <Menu.Popup className={menuCss.menu}>
              <Menu.Item
                className={menuCss.item}
                onClick={() => void mute({ callsMuted: !conversation.callsMuted })}
              >
                {conversation.callsMuted ? <Bell {...icon} /> : <BellOff {...icon} />}
                {t(conversation.callsMuted ? 'messages.unmute' : 'messages.mute')}
              </Menu.Item>
              {conversation.kind !== 'channel' && (
                <Menu.Item
                  className={menuCss.item}
                  onClick={() => void mute({ messagesMuted: !conversation.messagesMuted })}
                >
                  {conversation.messagesMuted ? <MessageSquare {...icon} /> : <MessageSquareOff {...icon} />}
                  {t(conversation.messagesMuted ? 'messages.unmuteMessages' : 'messages.muteMessages')}
                </Menu.Item>
              )}
              <Menu.Item className={menuCss.item} onClick={() => setOpen('devices')}>
                <Settings2 {...icon} />
                {t('messages.checkDevices')}
              </Menu.Item>
              {conversation.kind === 'group' && (
                <>
                  <Menu.Item className={menuCss.item} onClick={() => setOpen('rename')}>
                    <Pencil {...icon} />
                    {t('messages.rename')}
                  </Menu.Item>
                  {isCreator && (
                    <Menu.Item className={menuCss.item} onClick={() => setOpen('add')}>
                      <UserPlus {...icon} />
                      {t('messages.addPeople')}
                    </Menu.Item>
                  )}
                  <Menu.Separator className={menuCss.rule} />
                  <Menu.Item className={`${menuCss.item} ${menuCss.danger}`} onClick={() => setOpen('leave')}>
                    <LogOut {...icon} />
                    {t('messages.leave')}
                  </Menu.Item>
                </>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {open === 'devices' && (
        <Modal open onClose={close} title={t('messages.checkDevices')} isSmall>
          <DeviceCheck />
        </Modal>
      )}
      {open === 'rename' && <RenameGroup conversation={conversation} onClose={close} />}
      {open === 'add' && <AddPeople conversation={conversation} onClose={close} />}
      <ConfirmModal
        open={open === 'leave'}
        onClose={close}
        title={t('messages.leaveGroup', { group: isolateText(title) })}
        lede={t('messages.leaveConsequence', { wayBack: t(wayBack(conversation, myId)) })}
        confirmLabel={t('messages.leave')}
        confirm={async () => {
          await api.removeMember(conversation.id, myId);
          go('/messages');
        }}
      />
    </>
  );
}
