import 'server-only';
import type { Translate } from '@/languages/translator';
import type { CallId, ConversationId, RingId } from '@/lib/ids';

/** What there is to say about a ring to the device that was sent it. */
export type RingNotice = {
  /**
   * `answered_here`: this very browser is in the call. `silenced`: do not disturb, or a muted conversation, has ended the
   * ringing. `missed`: neither answered nor declined.
   */
  state: 'ringing' | 'answered' | 'answered_here' | 'declined' | 'silenced' | 'missed';
  callId: CallId;
  ringId: RingId;
  conversationId: ConversationId;
  caller: string;
  pictureUrl: string | null;
  /** The group's title, or the names of its people; null in a direct conversation. */
  group: string | null;
  /** What the caller said that the call is about. */
  line: string | null;
  msLeft: number;
};

/** What there is to say about a conversation's messages to a device. */
export type MessageNotice = {
  conversationId: ConversationId;
  /** In all conversations together. */
  unreadCount: number;
  /** The newest unread message; null: all are read, or notified of no more. */
  newest: {
    author: string;
    pictureUrl: string | null;
    /** Null: this device does not show it. */
    text: string | null;
  } | null;
  /** The group's title, or the names of its people; null in a direct conversation. */
  group: string | null;
};

/** A notification as the device's worker shows it. */
export type NotificationWords = {
  title: string;
  body: string;
  icon: string;
  /** The buttons of a ring that rings. */
  accept: string;
  decline: string;
};

const ownIcon = '/icon-192.png';

/** Names keep their own direction in a sentence of the other one (Unicode, first strong isolate). */
const isolated = (text: string) => `\u2068${text}\u2069`;

/** Puts a notice into the reader's language. */
export function wordsOf(notice: RingNotice, t: Translate): NotificationWords {
  const name = isolated(notice.caller);
  const group = notice.group === null ? null : isolated(notice.group);
  return {
    title: titleOf(notice, name, group, t),
    body: notice.state === 'ringing' ? (notice.line ?? '') : '',
    icon: notice.pictureUrl ?? ownIcon,
    accept: t('push.accept'),
    decline: t('push.decline'),
  };
}

/** A notification shows no more of a message. */
const mostShown = 200;

/** Puts a conversation's notice into the reader's language. */
export function messageWords(
  { newest, group }: MessageNotice,
  t: Translate,
): Pick<NotificationWords, 'title' | 'body' | 'icon'> {
  if (!newest) return { title: t('push.readElsewhere'), body: '', icon: ownIcon };
  const name = isolated(newest.author);
  const text = newest.text === null ? t('push.newMessage') : newest.text.slice(0, mostShown);
  return {
    title: group === null ? name : isolated(group),
    body: group === null ? text : t('push.says', { name, text }),
    icon: newest.pictureUrl ?? ownIcon,
  };
}

function titleOf({ state }: RingNotice, name: string, group: string | null, t: Translate): string {
  switch (state) {
    case 'ringing':
      return group === null ? t('push.isCalling', { name }) : t('push.isCallingIn', { name, group });
    case 'answered':
    case 'answered_here':
      return t('push.answered');
    case 'declined':
      return t('push.declined');
    case 'silenced':
      return t('push.silenced');
    case 'missed':
      return group === null ? t('push.missed', { name }) : t('push.missedIn', { name, group });
  }
}

/** What a device says that can't ask, or is refused: nothing about whose ring it is; and in place of a page. */
export function fallbackWords(
  t: Translate,
): Record<'ring' | 'withdrawal' | 'message' | 'read' | 'offline' | 'offlineDetail' | 'again', string> {
  return {
    ring: t('push.someoneCalls'),
    withdrawal: t('push.callEnded'),
    message: t('push.newMessage'),
    read: t('push.readElsewhere'),
    offline: t('push.offline'),
    offlineDetail: t('push.offlineDetail'),
    again: t('push.again'),
  };
}

/** What **Send a test** shows. */
export function testWords(t: Translate): Pick<NotificationWords, 'title' | 'body' | 'icon'> {
  return { title: t('push.testTitle'), body: t('push.testBody'), icon: ownIcon };
}
