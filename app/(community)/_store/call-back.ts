import { useEffect, useState } from 'react';
import type { ConversationView } from '@/lib/protocol';
import { useMyId } from './hooks';

/** The longest wait of a timer, in milliseconds; a promise is a day away at most. */
const mostMs = 24 * 60 * 60_000;

/** Whether this person promised to call back in a conversation and the moment has come; changes when it comes. */
export function useIsCallBackDue({ callBack }: ConversationView): boolean {
  const myId = useMyId();
  const at = callBack?.userId === myId ? callBack.dueAt : null;
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (at === null) return;
    const update = () => setNow(Date.now());
    update();
    const timer = setTimeout(update, Math.min(mostMs, Math.max(0, at - Date.now())));
    return () => clearTimeout(timer);
  }, [at]);
  return at !== null && now >= at;
}
