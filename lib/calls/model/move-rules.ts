import { isInCall } from '@parley/call-protocol';
import { connectTimeoutMs, participationOf } from './call';
import { enter } from './entry-rules';
import { type Connecting, connecting, droppedAtOf, type InCall, type Moving, moving } from './participation';
import { changed, type Rule, withPart } from './rule';

/** How a participation passes from one client to another, and back when the new one disconnects: rules of transition.ts. */

export const move: Rule<'move'> = (call, trigger, at) => {
  const part = participationOf(call, trigger.userId);
  // The rejoin time may just have run out: then moving is joining.
  if (!isInCall(part) || part.clientId === trigger.clientId)
    return enter(call, { ...trigger, type: 'enter' }, at);
  const holder = { ...part, clientId: trigger.clientId, signInId: trigger.signInId };
  const deadlineAt = at.now + connectTimeoutMs;
  // A client whose connection dropped has nothing to hand over.
  if (part.state === 'rejoining')
    return changed(withPart(call, connecting(holder, { deadlineAt, droppedAt: part.droppedAt })));
  const droppedAt = droppedAtOf(part);
  return changed(withPart(call, moving(holder, { from: talkingIn(part), deadlineAt, droppedAt })));
};

/** The client that is heard while the participation moves, so that the others hear no gap. */
function talkingIn(part: InCall): Moving['from'] {
  if (part.state === 'moving' && part.mediaSid === null) return part.from;
  return { clientId: part.clientId, signInId: part.signInId };
}

/**
 * Returns the participation to the previous client, when the new one disconnects before the previous one was removed:
 * the reconciler finds the previous one's connection.
 */
export function returned(part: Moving, now: number): Connecting {
  const holder = { ...part, clientId: part.from.clientId, signInId: part.from.signInId ?? part.signInId };
  return connecting(holder, { deadlineAt: now + connectTimeoutMs, droppedAt: now });
}
