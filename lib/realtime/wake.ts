import type { CallId, ConversationId, SignInId, UserId } from '@/lib/ids';
import type { StreamEvent } from '@/lib/protocol';

/**
 * What a command wakes the streams with after its transaction has committed. Streams are
 * level-triggered: they receive *what to read*, read it again for their own viewer, and send
 * the whole view (or `gone` when the viewer may no longer see it). A lost wake is repaired by the
 * next one or by the next snapshot.
 */
export type Wake = {
  calls?: CallId[];
  conversations?: ConversationId[];
  /** People whose profile or presence changed. */
  users?: UserId[];
  /** The viewer's own settings or missed-call count changed. */
  me?: boolean;
  /** The community's name or registration changed. */
  community?: boolean;
  /** Message ids to send (new, deleted, or a call's entry that changed). */
  messages?: string[];
};

export type Realtime = {
  /** Wakes every open stream of these people; `everyone` for channels, profiles and presence. */
  wake(who: Iterable<UserId> | 'everyone', what: Wake): void;
  /**
   * True while a browser of this person is reachable: its stream is open, and it answered a heartbeat within
   * the last 90 s.
   */
  isOnline(userId: UserId): boolean;
  /**
   * Whether others see this person as online: as `isOnline`, but also during the few seconds in which a
   * reload closes one stream and opens the next. Changes only together with an announcement to everyone.
   */
  isShownOnline(userId: UserId): boolean;
  /**
   * Since when nothing has come from this sign-in's browser, in milliseconds of `clock.now()`: its last
   * stream was closed from its side, as it is at once when a browser dies, and it has asked nothing since.
   * Null while one is open, and when nothing is known: the server closed it, or has only just started.
   */
  silentSince(signInId: SignInId): number | null;
  /** Sends `signed-out` to the streams of revoked sign-ins and closes them. */
  closeSignIns(signInIds: Iterable<SignInId>): void;
  closeAll(): void;
};

/** One open event stream; made by the route, kept by the hub. */
export type StreamSink = {
  send(event: StreamEvent): void;
  /** Resolves when the client has taken enough of what it was sent for more. Default: at once. */
  drained?: () => Promise<void>;
  close(): void;
};
