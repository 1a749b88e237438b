import { desc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { community, conversations, messages, rings, users } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeConversation } from '@/lib/calls/commands/change-conversation';
import { changeMe } from '@/lib/calls/commands/change-me';
import { addToGroup, removeFromGroup } from '@/lib/calls/commands/change-members';
import { raiseHand } from '@/lib/calls/commands/raise-hand';
import { replyToCall } from '@/lib/calls/commands/reply-to-call';
import { loadLiveCallIn } from '@/lib/calls/reads/load-call';
import { dropCallBack } from '@/lib/conversations/call-back';
import { createGroup } from '@/lib/conversations/create-group';
import { deleteMessage } from '@/lib/conversations/delete-message';
import { markRead } from '@/lib/conversations/mark-read';
import { openDirect } from '@/lib/conversations/open-direct';
import { sendMessage } from '@/lib/conversations/send-message';
import { createChannel, renameChannel } from '@/lib/operator/change-channels';
import { removePerson } from '@/lib/operator/remove-person';
import { resetPassword } from '@/lib/operator/reset-password';
import { suspendPerson, unsuspendPerson } from '@/lib/operator/suspend-person';
import { unblockUser } from '@/lib/users/block';
import { register } from '@/lib/users/register';
import { tolerate } from './steps';
import { type Name, names, type Place, places, userIdOf, viewerOf, type World } from './world';

/** What people do besides calling; `operator` runs the community. */
const verbs = [
  'say',
  'delete',
  'read',
  'mute',
  'unmute',
  'rename',
  'add',
  'remove',
  'block',
  'unblock',
  'profile',
  'disturb',
  'seen',
  'hand',
  'reply',
  'drop',
  'group',
  'direct',
  'channel',
  'suspend',
  'unsuspend',
  'reset',
  'removePerson',
  'register',
] as const;
export type MoreStep = { also: (typeof verbs)[number]; name: Name; to: Name; place: Place };

export const anyOtherStep: fc.Arbitrary<MoreStep> = fc.record({
  also: fc.constantFrom(...verbs),
  name: fc.constantFrom(...names),
  to: fc.constantFrom(...names),
  place: fc.constantFrom(...(Object.keys(places) as Place[])),
});

/** Dave, who has no conversation, runs the community, which anyone may join; Alice made the group. */
export async function appointPeople({ deps }: World): Promise<void> {
  await deps.transaction(async (tx) => {
    await tx
      .update(users)
      .set({ isOperator: true })
      .where(eq(users.id, userIdOf('dave')));
    await tx
      .update(conversations)
      .set({ creatorId: userIdOf('alice') })
      .where(eq(conversations.id, places.trip.id));
    await tx.update(community).set({ registration: 'open' });
  });
}

let made = 0;

export async function takeAlso(world: World, step: MoreStep): Promise<void> {
  await tolerate(work(world, step));
}

async function work(world: World, { also, name, to, place }: MoreStep): Promise<unknown> {
  const { deps } = world;
  const [mine, theirs, id] = [userIdOf(name), userIdOf(to), places[place].id];
  const operator = userIdOf('dave');
  const viewer = viewerOf(name);
  made += 1;
  switch (also) {
    case 'say':
      return sendMessage(deps, mine, id, { text: `${made}`, clientMessageId: `message-${made}` });
    case 'delete':
    case 'read': {
      const inPlace = eq(messages.conversationId, id);
      const [last] = await deps.db
        .select()
        .from(messages)
        .where(inPlace)
        .orderBy(desc(messages.seq))
        .limit(1);
      if (!last) return;
      return also === 'read' ? markRead(deps, mine, id, last.seq) : deleteMessage(deps, mine, id, last.id);
    }
    case 'mute':
    case 'unmute':
      return changeConversation(deps, mine, id, { callsMuted: also === 'mute' });
    case 'rename':
      return changeConversation(deps, mine, id, { title: `Trip ${made}` });
    case 'add':
      return addToGroup(deps, mine, places.trip.id, theirs);
    case 'remove':
      return removeFromGroup(deps, mine, places.trip.id, theirs);
    case 'block':
      return name === to ? null : blockUser(deps, mine, theirs);
    case 'unblock':
      return unblockUser(deps, mine, theirs);
    case 'profile':
      return changeMe(deps, mine, { about: `${made}` });
    case 'disturb':
      return changeMe(deps, mine, { doNotDisturb: made % 2 === 0 });
    case 'seen':
      return changeMe(deps, mine, { missedCallsSeen: true });
    case 'hand': {
      const live = await loadLiveCallIn(deps.db, id);
      return live && raiseHand(deps, viewer, { callId: live.id, isRaised: made % 2 === 0 });
    }
    case 'reply': {
      const [ring] = await deps.db.select().from(rings).where(eq(rings.userId, mine)).orderBy(desc(rings.id));
      const words = { text: 'Later', clientMessageId: `message-${made}`, callBackInMinutes: 10 };
      return ring && replyToCall(deps, viewer, { callId: ring.callId, ringId: ring.id, ...words });
    }
    case 'drop':
      return dropCallBack(deps, mine, id);
    case 'group':
      return createGroup(deps, mine, { userIds: names.map(userIdOf), title: null });
    case 'direct':
      return openDirect(deps, mine, theirs);
    case 'channel': {
      const [channel] = await deps.db.select().from(conversations).where(eq(conversations.kind, 'channel'));
      return channel
        ? renameChannel(deps, operator, channel.id, `general ${made}`)
        : createChannel(deps, operator, 'general');
    }
    case 'suspend':
      return suspendPerson(deps, operator, theirs);
    case 'unsuspend':
      return unsuspendPerson(deps, operator, theirs);
    case 'reset':
      return resetPassword(deps, operator, theirs);
    case 'removePerson':
      // Not too often: nothing happens to a removed person any more.
      return made % 5 === 0 ? removePerson(deps, operator, theirs) : null;
    case 'register':
      return register(deps, { username: `guest${made}`, password: 'long enough' }, async () => '-');
  }
}
