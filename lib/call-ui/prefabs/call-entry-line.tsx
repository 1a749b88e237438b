'use client';

import type { CallEntry, Person } from '@parley/call-protocol';
import { defaultComponents } from '../components';
import { useCallEntry } from '../hooks/use-call-entry';
import { useSlot } from '../slot-context';

/** The call, and what only the app knows about its line. */
export type CallEntryLineProps = {
  entry: CallEntry;
  /** How many calls in a row this line stands for. */
  count: number;
  timeText: string;
  /** Looks a person up; null when unknown. */
  personOf: (id: string) => Person | null;
};

/**
 * A call's line in a conversation, with Join call while it lives and a way to call back when it was missed.
 *
 * @example
 * <CallEntryLine entry={message.callEntry} count={1} timeText="10:02" personOf={lookUp} />
 */
export function CallEntryLine(props: CallEntryLineProps) {
  const actions = useCallEntry(props.entry);
  const Line = useSlot('CallEntry', defaultComponents.CallEntry);
  return <Line {...props} {...actions} />;
}
