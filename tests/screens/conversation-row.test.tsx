import type { CallView, ConversationView } from '@parley/call-protocol';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ConversationRow } from '@/app/(community)/_shell/conversation-row';
import { CommunityStore } from '@/app/(community)/_store/community-store';
import { CommunityStoreProvider } from '@/app/(community)/_store/hooks';
import { alice, bob, callView, carol, line, snapshot } from '../call-ui/support/views';
import { renderKitInEnglish } from '../support/in-english';

afterEach(cleanup);

const group = {
  kind: 'group' as const,
  title: 'Weekend trip',
  memberIds: [alice.id, bob.id, carol.id],
};

function show(change: Partial<ConversationView> & { call?: CallView } = {}) {
  const { call = null, ...rest } = change;
  const [first] = snapshot().conversations;
  if (!first) throw new Error('the snapshot has one conversation');
  const conversation = { ...first, ...rest };
  const store = new CommunityStore(snapshot([], { conversations: [conversation] }));
  renderKitInEnglish(
    <CommunityStoreProvider store={store}>
      <ul>
        <ConversationRow id={conversation.id} isOpen={false} call={call} />
      </ul>
    </CommunityStoreProvider>,
  );
  return screen.getByRole('listitem').textContent ?? '';
}

/** A call of Bob or of Alice in the group that has no second participant yet. */
const waiting = (caller: typeof bob, ...others: (typeof bob)[]) =>
  callView({
    conversation: { id: 'conv_1', kind: 'group', title: 'Weekend trip' },
    callerId: caller.id,
    people: [line(caller, null, 'joined'), ...others.map((who) => line(who, 'ringing', null))],
  });

test('the name of a conversation’s link contains what the link shows, in the same order', () => {
  show({ ...group, unreadCount: 4 });
  const link = screen.getByRole('link', { name: 'Weekend trip, 4 unread' });
  expect(link.getAttribute('aria-label')).toContain(link.textContent);
});

test('one participant of a group’s call is waiting, by name', () => {
  expect(show({ ...group, call: waiting(carol, bob) })).toContain('Carol is waiting');
});

test('the caller of a group reads whom the call rings', () => {
  expect(show({ ...group, call: waiting(alice, bob, carol) })).toContain('Calling Bob and Carol…');
});

test('under a person’s name a call does not repeat the name', () => {
  expect(show({ call: callView() })).toContain('Calling…');
  cleanup();
  const people = [line(bob, null, 'joined'), line(alice, 'missed', null)];
  expect(show({ call: callView({ callerId: bob.id, people }) })).toContain('Waiting for you');
});
