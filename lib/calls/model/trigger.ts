import type { CallId, ClientId, ConversationId, RingId, SignInId, UserId } from '@/lib/ids';
import type { RingVerdict } from './may-ring';

/** A callee of a start, with what `mayRing` decided. */
export type Callee = {
  ringId: RingId;
  userId: UserId;
  verdict: RingVerdict;
  /** One of the callee's devices is connected. */
  isReached: boolean;
};

/** Everything that can happen to a call; what each does stands in transition.ts. */
export type Trigger =
  /** A start creates the call, or joins the conversation's live one (glare), which needs no callees. */
  | {
      type: 'start';
      callId: CallId;
      conversationId: ConversationId;
      roomName: string;
      userId: UserId;
      clientId: ClientId;
      signInId: SignInId;
      callees: readonly Callee[];
      /** The conversation is direct, and this client sends silence until the call is active. */
      isSilent: boolean;
    }
  /** Accept or join. */
  | { type: 'enter'; userId: UserId; clientId: ClientId; signInId: SignInId }
  | { type: 'move'; userId: UserId; clientId: ClientId; signInId: SignInId }
  /** `ringId` names the window that was answered; an older ring's window changes nothing. */
  | { type: 'decline'; userId: UserId; ringId: RingId | null }
  /** `clientId` null: whichever tab holds it (switching calls). */
  | { type: 'leave'; userId: UserId; clientId: ClientId | null }
  | {
      type: 'ring';
      ringId: RingId;
      ringerId: UserId;
      userId: UserId;
      isQuiet: boolean;
      isReached: boolean;
    }
  | { type: 'stop_ring'; byUserId: UserId; userId: UserId }
  /** A window shows on one of the callee's devices. `early`: the tab that asks to be in the room beforehand. */
  | { type: 'confirm_ring'; userId: UserId; early: { clientId: ClientId; signInId: SignInId } | null }
  /** A stream of the callee opened. */
  | { type: 'reach'; userId: UserId }
  /** A participant raises or lowers their hand. */
  | { type: 'hand'; userId: UserId; isRaised: boolean }
  /** Do not disturb or mute was switched on mid-ring. */
  | { type: 'quiet_ring'; userId: UserId }
  /**
   * Sign-ins of this person have ended: so has a part that one of them holds, unless it was just moving from
   * a tab that stays signed in; a tab that is being moved away from is let go before the new one is heard.
   */
  | { type: 'sign_out'; userId: UserId; signInIds: readonly SignInId[] }
  /** Left the group, was removed or suspended. */
  | { type: 'remove_member'; userId: UserId }
  | { type: 'block'; blockerId: UserId; blockedId: UserId; isDirect: boolean }
  | { type: 'media_joined'; userId: UserId; clientId: ClientId; sid: string }
  /** `sid` null: LiveKit's list lacks the person, whichever connection it was. */
  | {
      type: 'media_left';
      /** `webhook`: they have just left. `list`: LiveKit's list lacks them, so they may have left some time ago. */
      noticed: 'webhook' | 'list';
      userId: UserId;
      clientId: ClientId;
      sid: string | null;
      /** Since when nothing has come from the person's browser (Presence.silentSince); null: not known to be. */
      silentSince: number | null;
    }
  /** LiveKit does not respond. */
  | { type: 'media_lost' }
  /** LiveKit responds again, or its room was missing and stands again; who is in it now. */
  | { type: 'media_restored'; present: { userId: UserId; clientId: ClientId; sid: string }[] }
  /** The first list after a start is empty: everyone left while the app was down. */
  | { type: 'found_empty' }
  /** Who belongs to the conversation or how it is called has changed: views are made anew. */
  | { type: 'refresh' }
  /**
   * Deadlines may have passed. `all`: the server ran, or has read LiveKit's participants since. `rings`: it has not, so
   * only rings expire, which do not depend on LiveKit; a missing participant may have rejoined in the meantime.
   */
  | { type: 'time_passed'; judges: 'rings' | 'all' }
  /** The app was down and serves again. */
  | { type: 'resume' };

export type TriggerType = Trigger['type'];
