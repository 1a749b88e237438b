'use client';

import type { ConversationKind } from '@parley/call-protocol';
import { useState, useSyncExternalStore } from 'react';
import { useHasMembersRoom } from '../../_ui/narrow';

const storageKey = 'parley-members';
const listeners = new Set<() => void>();

function stored(): 'shown' | 'hidden' {
  try {
    return localStorage.getItem(storageKey) === 'hidden' ? 'hidden' : 'shown';
  } catch {
    return 'shown';
  }
}

export type MembersShown = { isShown: boolean; toggle: () => void };

/**
 * Whether the members stand beside the messages. With room for them, channels and groups show them
 * and this device remembers the choice; elsewhere they come when asked for.
 */
export function useMembersShown(kind: ConversationKind): MembersShown {
  const hasRoom = useHasMembersRoom();
  const choice = useSyncExternalStore<'shown' | 'hidden'>(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stored,
    () => 'shown',
  );
  const [isAsked, setAsked] = useState(false);
  if (!hasRoom || kind === 'direct') return { isShown: isAsked, toggle: () => setAsked((was) => !was) };
  return {
    isShown: choice === 'shown',
    toggle: () => {
      try {
        localStorage.setItem(storageKey, choice === 'shown' ? 'hidden' : 'shown');
      } catch {
        // Without storage the button has nothing to remember; the members stay.
      }
      for (const listener of listeners) listener();
    },
  };
}
