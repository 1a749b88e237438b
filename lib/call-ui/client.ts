import {
  type CallView,
  callViewSchema,
  callWithMediaSchema,
  type ErrorCode,
  interpreted,
  isOurSuccess,
  type MediaAccess,
  mediaAccessSchema,
  problemIn,
  type Reaction,
  type Reception,
} from '@parley/call-protocol';
import { z } from 'zod/mini';
import { headersFor, type RequestOptions } from './request-options';
import type { SentCallView, SentCallWithMedia } from './sent-views';

/**
 * Who or what to call: a person (their direct conversation is found or made) or a conversation.
 *
 * @example
 * const person: CallTarget = { userId: 'user_7' };
 * const group: CallTarget = { conversationId: 'conv_3' };
 */
export type CallTarget =
  | { userId: string; conversationId?: undefined }
  | { conversationId: string; userId?: undefined };

/** Why a command of the call client failed. `network`: no response of Parley's came. */
export type CallErrorCode = ErrorCode | 'network';

/**
 * The one error that a `CallClient` rejects with. `title` and `detail` are words for the person.
 *
 * @example
 * client.accept(id, {}).catch((error) => { if (error instanceof CallError) show(error.title); });
 */
export class CallError extends Error {
  readonly code: CallErrorCode;
  readonly title: string;
  readonly detail: string;
  /** The view the server sent along, for example the final one of an ended call. */
  readonly call: SentCallView | null;
  /** The call it is about, for example the one this person is already in. */
  readonly callId: string | null;
  /** Seconds to wait before another try, when the server named them. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: CallErrorCode,
    words: { title: string; detail: string },
    extra: { call?: SentCallView | null; callId?: string | null; retryAfterSeconds?: number | null } = {},
  ) {
    super(words.detail || words.title);
    this.name = 'CallError';
    this.code = code;
    this.title = words.title;
    this.detail = words.detail;
    this.call = extra.call ?? null;
    this.callId = extra.callId ?? this.call?.id ?? null;
    this.retryAfterSeconds = extra.retryAfterSeconds ?? null;
  }
}

/**
 * Names the tab that asks and, when another call is left for this one, that call.
 *
 * @example
 * const options: EnterOptions = { clientId: makeClientId() };
 * await client.accept(callId, options);
 */
export type EnterOptions = { clientId?: string; switchFrom?: string };

/** A message instead of an answer; `callBackInMinutes` promises to call back, in a direct conversation. */
export type ReplyOptions = {
  ringId: string;
  text: string;
  clientMessageId: string;
  callBackInMinutes?: number;
};

/** The commands that every call needs. */
type NeededCommands = {
  /**
   * `line`: what the call is about, at most 80 characters. `sendsSilence`: in a direct call this tab sends silence until
   * the call is active, so that the callee may be let in beforehand (`preconnect`).
   */
  start(
    target: CallTarget,
    options: EnterOptions & { requestId?: string; line?: string; sendsSilence?: boolean },
  ): Promise<SentCallWithMedia>;
  accept(callId: string, options: EnterOptions): Promise<SentCallWithMedia>;
  join(callId: string, options: EnterOptions): Promise<SentCallWithMedia>;
  /** The callee's window is shown: the caller reads Ringing… */
  confirmRinging(callId: string): Promise<void>;
  decline(callId: string, options?: { ringId?: string }): Promise<SentCallView | null>;
  leave(callId: string, options: { clientId?: string }): Promise<SentCallView | null>;
  leaveByRequest(requestId: string, options: { clientId?: string }): Promise<SentCallView | null>;
  get(callId: string): Promise<SentCallView>;
};

/** The commands of what an app may do without (`CallFeatures`). */
type FeatureCommands = {
  /** `moveHere`: this tab takes the call over from another one of this person. */
  move(callId: string, options: { clientId?: string }): Promise<SentCallWithMedia>;
  /** `replies`: declines with a message, both or neither; the same `clientMessageId` sends it once. */
  reply(callId: string, options: ReplyOptions): Promise<SentCallView | null>;
  /** `ringMembers`: rings a member of the conversation into the call. */
  ring(callId: string, userId: string): Promise<SentCallView | null>;
  /** Ends a ring that this person started; without it a ring ends by itself or with the call. */
  stopRing(callId: string, userId: string): Promise<SentCallView | null>;
  /**
   * Confirms as `confirmRinging` does, and asks for a pass into the call's room while it rings. Null: there is none. The
   * pass lets in hidden and without a voice, counts as no answer, and ends with the ring. Only for a direct call whose
   * caller `sendsSilence`, and for one tab. Accepting in this tab permits it to publish, and nothing does before.
   */
  preconnect(callId: string, options: { clientId: string }): Promise<MediaAccess | null>;
  /** `hands` */
  raiseHand(callId: string, isRaised: boolean): Promise<SentCallView | null>;
  /** `reactions`: a `reaction` event for everyone in the call. */
  react(callId: string, reaction: Reaction): Promise<void>;
  /** `soundCheck`: a `reception` event that asks everyone in the call. */
  askReception(callId: string): Promise<void>;
  /** `soundCheck`: a `reception` event with the answer. */
  reportReception(callId: string, toUserId: string, reception: Reception): Promise<void>;
};

/**
 * The commands of the calls API. Replaceable: give `CallProvider` any object of this type. The first eight are needed;
 * what else it does not have is left out of the interface everywhere, as with `features`. It keeps these promises
 * (`transportRules` of `@parley/call-kit/testing` tests them):
 *
 * - A method rejects with `CallError` and with nothing else; `network` where no answer came, `call_ended` with the final
 *   view where the call has ended.
 * - Every command may come twice, because the kit repeats what had no answer: a start with the same `requestId` is the
 *   same call, an accept or join by the same `clientId` is let in again, and declining, leaving and stopping a ring
 *   succeed without a change once the call has ended.
 * - `start` joins the call that is live between these people, so that two who call each other at once meet.
 * - `leaveByRequest` takes a start back, also one whose answer was lost.
 * - A change is on the feed of everyone concerned, and the answer does not wait for that.
 *
 * @example
 * const client: CallClient = { start, accept, join, confirmRinging, decline, leave, leaveByRequest, get };
 */
export type CallClient = NeededCommands & Partial<FeatureCommands>;

/**
 * Where the API is and how it is asked.
 *
 * @example
 * const options: CallClientOptions = { baseUrl: 'https://calls.example.org', credentials: 'include' };
 */
export type CallClientOptions = RequestOptions & {
  /** Where the API lives, without a slash at the end. Default: this page's origin. */
  baseUrl?: string;
  /** Where the calls are there. Default: `/api/calls`. */
  path?: string;
  /** Default: the browser's `fetch`. */
  fetch?: typeof fetch;
  /** Pauses between the tries of a leave, in milliseconds. */
  retryPausesMs?: readonly number[];
};

/** Leaves enough of the server's 15 s connect deadline for a second try. */
const longestAnswerMs = 10_000;

const noNetwork = {
  title: 'No connection',
  detail: 'Parley could not be reached. Check your connection and try again.',
};
const notUnderstood = {
  title: 'Something went wrong',
  detail: 'The server sent an answer that makes no sense.',
};

/**
 * Makes the client that talks to Parley's HTTP API with the page's cookie.
 * No answer within ten seconds counts as none. Leave is tried again until one comes; the other commands are
 * sent once, because only the caller knows how long they are wanted: the kit repeats them while they are.
 *
 * @example
 * const client = createCallClient();
 * const { call, media } = await client.start({ userId }, { clientId, requestId });
 */
export function createCallClient(options: CallClientOptions = {}): Required<CallClient> {
  const { baseUrl = '', path: root = '/api/calls', retryPausesMs = [300, 1000, 2500] } = options;
  const credentials = options.credentials ?? (baseUrl === '' ? 'same-origin' : 'include');
  const send = options.fetch ?? ((input, init) => fetch(input, init));

  async function once<T>(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    schema: z.ZodMiniType<T>,
  ): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await send(`${baseUrl}${root}${path}`, {
        method,
        signal: AbortSignal.timeout(longestAnswerMs),
        credentials,
        // A leave or decline must get through even when the tab is closing.
        keepalive: /\/(leave|decline)$/.test(path),
        ...(method === 'POST'
          ? {
              headers: headersFor(options, { 'content-type': 'application/json' }),
              body: JSON.stringify(body ?? {}),
            }
          : { headers: headersFor(options) }),
      });
      text = await response.text();
    } catch {
      throw new CallError('network', noNetwork);
    }
    const answer = parseJson(text);
    if (!response.ok) throw errorOf(response, answer);
    // A page with status 200, of a proxy or a hotel's network: the command has not reached the server.
    if (!isOurSuccess(response)) throw new CallError('network', noNetwork);
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new CallError('internal', notUnderstood);
    return parsed.data;
  }

  async function repeated<T>(path: string, body: unknown, schema: z.ZodMiniType<T>): Promise<T> {
    for (const pauseMs of retryPausesMs) {
      try {
        return await once('POST', path, body, schema);
      } catch (error) {
        if (!(error instanceof CallError && (error.code === 'network' || error.code === 'busy'))) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
    return once('POST', path, body, schema);
  }

  const at = (callId: string, verb = '') => `/${encodeURIComponent(callId)}${verb}`;
  return {
    start: (target, how) => once('POST', '', { ...target, ...how }, callWithMediaSchema),
    accept: (callId, how) => once('POST', at(callId, '/accept'), how, callWithMediaSchema),
    join: (callId, how) => once('POST', at(callId, '/join'), how, callWithMediaSchema),
    move: (callId, how) => once('POST', at(callId, '/move'), how, callWithMediaSchema),
    confirmRinging: async (callId) => void (await once('POST', at(callId, '/ringing'), {}, looseAnswer)),
    preconnect: (callId, how) => once('POST', at(callId, '/ringing'), how, accessAnswer),
    decline: (callId, how = {}) => once('POST', at(callId, '/decline'), how, looseAnswer),
    reply: (callId, how) => once('POST', at(callId, '/reply'), how, looseAnswer),
    leave: (callId, how) => repeated(at(callId, '/leave'), how, looseAnswer),
    leaveByRequest: (requestId, how) => repeated('/leave', { requestId, ...how }, looseAnswer),
    ring: (callId, userId) => once('POST', at(callId, '/ring'), { userId }, looseAnswer),
    stopRing: (callId, userId) => once('POST', at(callId, '/stop-ring'), { userId }, looseAnswer),
    raiseHand: (callId, isRaised) => once('POST', at(callId, '/hand'), { isRaised }, looseAnswer),
    react: async (callId, reaction) =>
      void (await once('POST', at(callId, '/reactions'), { reaction }, looseAnswer)),
    askReception: async (callId) =>
      void (await once('POST', at(callId, '/reception'), { asks: true }, looseAnswer)),
    reportReception: async (callId, toUserId, reception) =>
      void (await once('POST', at(callId, '/reception'), { toUserId, ...reception }, looseAnswer)),
    get: async (callId) => {
      const call = await once('GET', at(callId), undefined, looseAnswer);
      if (!call) throw new CallError('internal', notUnderstood);
      return call;
    },
  };
}

/** Commands that change a call return its view, bare or as `{ call }`, or with nothing. */
const looseAnswer: z.ZodMiniType<CallView | null> = z.pipe(
  z.unknown(),
  z.transform((answer) => viewIn(answer)),
);

/** A pass where the server gives one; whatever else it sends, it has confirmed. */
const accessAnswer: z.ZodMiniType<MediaAccess | null> = z.pipe(
  z.unknown(),
  z.transform((answer) => passSchema.safeParse(answer).data?.media ?? null),
);
const passSchema = interpreted(() => z.looseObject({ media: mediaAccessSchema }));

const wrappedSchema = interpreted(() => z.looseObject({ call: callViewSchema }));
const namedSchema = interpreted(() => z.looseObject({ callId: z.string() }));

function viewIn(answer: unknown): CallView | null {
  const wrapped = wrappedSchema.safeParse(answer);
  if (wrapped.success) return wrapped.data.call;
  const bare = callViewSchema.safeParse(answer);
  return bare.success ? bare.data : null;
}

function callIdIn(answer: unknown): string | null {
  const named = namedSchema.safeParse(answer);
  return named.success ? named.data.callId : null;
}

function parseJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function errorOf(response: Response, body: unknown): CallError {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null;
  const problem = problemIn(response, body);
  // Not Parley's response: a proxy responded, for example while the app restarts.
  if (!problem) return new CallError('network', noNetwork, { retryAfterSeconds });
  const { code, title, detail = '' } = problem;
  return new CallError(
    code,
    { title, detail },
    { call: viewIn(body), callId: callIdIn(body), retryAfterSeconds },
  );
}
