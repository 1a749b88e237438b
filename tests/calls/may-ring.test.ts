import type { ConversationKind, Permission } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';
import { mayRing, type RingFacts, type RingVerdict } from '@/lib/calls/model/may-ring';

const permissions: Permission[] = ['everyone', 'known', 'nobody'];
const kinds: ConversationKind[] = ['channel', 'direct', 'group'];
const flags = [false, true];

/** Every setting × relation × conversation kind × block × mute × do not disturb × suspension. */
const everyCase: RingFacts[] = kinds.flatMap((conversationKind) =>
  permissions.flatMap((callPermission) =>
    permissions.flatMap((messagePermission) =>
      flags.flatMap((isKnown) =>
        flags.flatMap((isBlocked) =>
          flags.flatMap((isSuspended) =>
            flags.flatMap((doNotDisturb) =>
              flags.map((isMuted) => ({
                conversationKind,
                callPermission,
                messagePermission,
                isKnown,
                isBlocked,
                isSuspended,
                doNotDisturb,
                isMuted,
              })),
            ),
          ),
        ),
      ),
    ),
  ),
);

/** The rules of docs/calls.md once more, as a list of the settings that let this relation through. */
const open: Record<string, [Permission, Permission][]> = {
  stranger: [['everyone', 'everyone']],
  known: [
    ['everyone', 'everyone'],
    ['everyone', 'known'],
    ['known', 'everyone'],
    ['known', 'known'],
  ],
};

function expected(facts: RingFacts): RingVerdict {
  const pairs = open[facts.isKnown ? 'known' : 'stranger'] ?? [];
  const isOpen = pairs.some(
    ([call, message]) => call === facts.callPermission && message === facts.messagePermission,
  );
  const isShut = facts.isBlocked || facts.isSuspended || facts.conversationKind === 'channel';
  if (!isOpen || isShut) return 'refuse';
  return facts.doNotDisturb || facts.isMuted ? 'quiet' : 'ring';
}

describe('who may ring whom', () => {
  it(`is decided by the table in all ${everyCase.length} cases`, () => {
    expect(everyCase).toHaveLength(864);
    for (const facts of everyCase) expect(mayRing(facts), JSON.stringify(facts)).toBe(expected(facts));
  });

  it('a block refuses every ring, whatever the settings', () => {
    const verdicts = everyCase.filter((facts) => facts.isBlocked).map(mayRing);
    expect(new Set(verdicts)).toEqual(new Set(['refuse']));
  });

  it('answers the same for “blocked you” and “nobody may call”', () => {
    const base: RingFacts = {
      conversationKind: 'direct',
      callPermission: 'everyone',
      messagePermission: 'everyone',
      isKnown: true,
      isBlocked: false,
      isSuspended: false,
      doNotDisturb: false,
      isMuted: false,
    };
    expect(mayRing(base)).toBe('ring');
    expect(mayRing({ ...base, isBlocked: true })).toBe(mayRing({ ...base, callPermission: 'nobody' }));
  });

  it('never refuses for do not disturb or mute: the call arrives quietly', () => {
    for (const facts of everyCase.filter((one) => one.doNotDisturb || one.isMuted)) {
      const loud = mayRing({ ...facts, doNotDisturb: false, isMuted: false });
      expect(mayRing(facts) === 'refuse').toBe(loud === 'refuse');
    }
  });
});
