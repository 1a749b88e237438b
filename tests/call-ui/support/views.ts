import type { CallPersonView, CallView, Person, Snapshot } from '@parley/call-protocol';
import { emptyCommunity } from '../../support/message-views';

export const person = (name: string): Person => ({
  id: `user_${name.toLowerCase()}`,
  username: name.toLowerCase(),
  displayName: name,
  avatarUrl: null,
});
export const alice = person('Alice');
export const bob = person('Bob');
export const carol = person('Carol');

type Ring = NonNullable<CallPersonView['ring']>['state'];
type Part = NonNullable<CallPersonView['participation']>['state'];

/** One line of a call: who, and how far their ring and participation are. */
export function line(
  user: Person,
  ring: Ring | null,
  part: Part | null,
  rejoinMsLeft: number | null = null,
): CallPersonView {
  return {
    user,
    ring: ring && { state: ring, isConfirmed: false, ringerId: 'user_alice' },
    participation: part && { state: part, isConnecting: false, rejoinMsLeft, handPlace: null },
  };
}

/** A direct call of Alice to Bob, as Alice sees it, ringing. */
export function callView(change: Partial<CallView> = {}): CallView {
  return {
    id: 'call_1',
    conversation: { id: 'conv_1', kind: 'direct', title: null },
    callerId: alice.id,
    line: null,
    viewerId: alice.id,
    status: 'ringing',
    endReason: null,
    myRing: null,
    holderClientId: 'tab-of-alice',
    people: [line(alice, null, 'joined'), line(bob, 'ringing', null)],
    elapsedMs: null,
    revision: 1,
    ...change,
  };
}

/** Bob calls Alice: her ring runs. */
export function incomingView(change: Partial<CallView> = {}): CallView {
  return callView({
    id: 'call_in',
    callerId: bob.id,
    holderClientId: null,
    myRing: { id: 'ring_1', msLeft: 60_000, isQuiet: false, ringerId: bob.id },
    people: [line(bob, null, 'joined'), line(alice, 'ringing', null)],
    ...change,
  });
}

/** Alice and Bob talk. */
export function activeView(change: Partial<CallView> = {}): CallView {
  const people = [line(alice, null, 'joined'), line(bob, 'accepted', 'joined')];
  return callView({ status: 'active', people, elapsedMs: 0, revision: 2, ...change });
}

export function snapshot(calls: CallView[] = [], change: Partial<Snapshot> = {}): Snapshot {
  const user = (of: Person) => ({
    ...of,
    about: '',
    presence: 'online' as const,
    isBlocked: false,
    revision: 1,
  });
  return {
    community: emptyCommunity.community,
    me: { ...emptyCommunity.me, id: alice.id },
    users: [user(alice), user(bob), user(carol)],
    conversations: [
      {
        id: 'conv_1',
        kind: 'direct',
        title: null,
        creatorId: null,
        memberIds: [alice.id, bob.id],
        callsMuted: false,
        unreadCount: 0,
        lastReadSeq: 0,
        lastMessage: null,
        lastActivityAt: 0,
        callBack: null,
        revision: 1,
      },
    ],
    calls,
    ...change,
  };
}
