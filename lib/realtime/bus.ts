import type { PassingEvent } from '@parley/call-protocol';
import type { CallId, ConversationId, SignInId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';

/**
 * What streams have to look at after a commit. Streams are level-triggered: they read it afresh, each view for
 * its own viewer, and send it whole (or `gone` when the viewer may no longer see it).
 */
export type Wake = {
  calls?: readonly CallId[];
  conversations?: readonly ConversationId[];
  /** People whose profile or presence changed. */
  users?: readonly UserId[];
  /** The viewer's own settings or missed-call count changed. */
  me?: boolean;
  /** The community's name or registration changed. */
  community?: boolean;
  /** Message ids to send (new, deleted, or a call's entry that changed). */
  messages?: readonly string[];
};

/** Whose streams: `everyone` for channels, profiles and presence; those of profiles and presence that look at them. */
export type Audience = readonly UserId[] | 'everyone';

/** Ids and words of the protocol only, so that a message fits any engine. */
export type BusMessage =
  | { type: 'wake'; who: Audience; what: Wake }
  /** Sent as it is: no state is behind it that a stream could read. */
  | { type: 'passing'; who: readonly UserId[]; event: PassingEvent }
  /** This viewer's browser is given these people: its streams are woken for them from now on. */
  | { type: 'look'; viewer: Pick<Viewer, 'userId' | 'signInId'>; userIds: readonly UserId[] }
  /** These sign-ins were revoked: their streams receive `signed-out` and close. */
  | { type: 'signed_out'; signInIds: readonly SignInId[] };

/**
 * Carries what was committed to every server process. A subscriber receives what one publisher publishes in that
 * order. A message may be lost: the next wake of the same thing or the next snapshot repairs it.
 */
export type Bus = {
  /**
   * Resolves once the message is handed over. Never rejects, because the change is committed already.
   *
   * @param to `here`: to the streams of this server process only; default: to those of all
   */
  publish(message: BusMessage, to?: 'all' | 'here'): Promise<void>;
  /** @returns ends the subscription */
  subscribe(receive: (message: BusMessage) => void): () => void;
};

/** The bus of a single server process: a message is received before `publish` returns. */
export function makeMemoryBus(): Bus {
  const subscribers = new Set<(message: BusMessage) => void>();
  return {
    publish: async (message) => {
      for (const receive of subscribers) receive(message);
    },
    subscribe(receive) {
      subscribers.add(receive);
      return () => void subscribers.delete(receive);
    },
  };
}
