'use client';

import { CallBoundary, CallScreen, useCallPlace } from '@parley/call-kit';
import type { ConversationView } from '@parley/call-protocol';
import { MemberList } from '../_people/member-list';
import { showLostPart } from '../_shell/lost-part';
import { PhoneCallBar } from '../_shell/page-header';
import { CallBackLine } from './call-back-line';
import { Composer } from './composer';
import css from './conversation.module.css';
import { ConversationHeader } from './conversation-header';
import { useMembersShown } from './members-shown';
import { MessageLog } from './message-log';

/** Header, call, messages, composer; the members beside them. */
export function ConversationScreen({ conversation }: { conversation: ConversationView }) {
  const members = useMembersShown(conversation.kind);
  const isCovered = useCallPlace().place === 'stage';
  return (
    <>
      <main className={css.main}>
        <ConversationHeader conversation={conversation} members={members} />
        <PhoneCallBar conversationId={conversation.id} />
        <CallScreen conversationId={conversation.id} />
        <CallBoundary fallback={showLostPart}>
          <MessageLog conversation={conversation} isCovered={isCovered} />
        </CallBoundary>
        <CallBackLine conversation={conversation} />
        <Composer conversation={conversation} />
      </main>
      {members.isShown && (
        <CallBoundary>
          <MemberList conversation={conversation} close={members.toggle} />
        </CallBoundary>
      )}
    </>
  );
}
