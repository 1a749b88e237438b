import 'server-only';
import type { PushDeps } from '@/lib/deps';
import type { CallId, UserId } from '@/lib/ids';
import { metrics } from '@/lib/metrics';
import { claimDue, type Push, readNextDue, resumePushes, sweepOutbox } from './claim-pushes';
import { type Dial, type Dialled, dialTimeoutMs, makeDial } from './dial';
import { type Resolve, resolveName } from './endpoint';
import { type Ending, settlePush } from './settle-push';
import { writeMessage } from './write-message';

/** Messages under way to one push service: one that hangs keeps no more than these waiting, and no other service's. */
const mostPerService = 32;
const mostPerClaim = 32;
/** What another process has left is noticed at the latest after this. */
const safetyMs = 4000;
const sweepMs = 60_000;
/** A device whose window is in front is looked at again: people leave, and windows close. */
const frontAgainMs = 5000;
/** Between tries; the last one repeats. */
const pausesMs = [1000, 2000, 4000, 8000, 15_000];
const longestPauseMs = 15_000;
/** A message can wait. */
const slower = 20;

export type PushSenderOptions = {
  /** A push service took a ring for this person: they are reachable. */
  onTaken(callId: CallId, userId: UserId): Promise<void>;
  /** A quiet ring of a person with a device: to its caller it must look as if it had been shown. */
  onWithheld(callId: CallId, userId: UserId): Promise<void>;
  /** How names are resolved. Default: as the system does. */
  resolve?: Resolve;
  /** How long a response is waited for. Default: 5 s */
  timeoutMs?: number;
};

export type PushSender = {
  /** Resolves when nothing is being sent and nothing is due. */
  whenIdle(): Promise<void>;
  stop(): void;
};

/**
 * Sends what the outbox holds, for as long as the process lives: at once after a commit of this process, and what other
 * processes left when it is noticed. No answer, deadline or stream waits for it.
 */
export function startPushSender(deps: PushDeps, options: PushSenderOptions): PushSender {
  const { dial, close } = makeDial({
    resolve: options.resolve ?? resolveName,
    testOrigin: deps.env.PARLEY_TEST_PUSH_SERVICE,
    timeoutMs: options.timeoutMs,
  });
  const underWay = new Map<string, number>();
  const busy = () => [...underWay].filter(([, count]) => count >= mostPerService).map(([service]) => service);
  let isStopped = false;
  let isWanted = false;
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sweptAt = deps.clock.now();
  const sending = new Set<Promise<void>>();

  async function work(): Promise<void> {
    while (isWanted && !isStopped) {
      isWanted = false;
      // Most of the time there is nothing, and reading that takes no lock.
      const next = await readNextDue(deps, busy());
      if (next === null || next > deps.clock.now()) continue;
      const claimed = await claimDue(deps, busy(), mostPerClaim);
      if (claimed.length === mostPerClaim) isWanted = true;
      for (const push of claimed) begin(push);
    }
    if (deps.clock.now() - sweptAt > sweepMs) {
      sweptAt = deps.clock.now();
      await sweepOutbox(deps);
    }
  }

  function begin(push: Push): void {
    const { service } = push;
    const wasBusy = (count: number) => count >= mostPerService;
    underWay.set(service, (underWay.get(service) ?? 0) + 1);
    const sent = sendPush(deps, dial, options, push)
      .catch((error: unknown) => deps.log.error({ err: error, deviceId: push.deviceId }, 'a push failed'))
      .finally(() => {
        sending.delete(sent);
        const count = underWay.get(service) ?? 1;
        if (count <= 1) underWay.delete(service);
        else underWay.set(service, count - 1);
        if (wasBusy(count)) wake();
      });
    sending.add(sent);
  }

  function wake(): void {
    if (isStopped) return;
    isWanted = true;
    clearTimeout(timer);
    running ??= work()
      .catch((error: unknown) => deps.log.error({ err: error }, 'pushes were not sent; tried again soon'))
      .then(plan)
      .finally(() => {
        running = null;
        if (isWanted) wake();
      });
  }

  /** Looks again when the next row falls due. */
  async function plan(): Promise<void> {
    const next = await readNextDue(deps, busy()).catch(() => null);
    if (isStopped) return;
    const waitMs = next === null ? safetyMs : Math.min(safetyMs, Math.max(5, next - deps.clock.now()));
    timer = setTimeout(wake, waitMs);
    timer.unref();
  }

  const unsubscribe = deps.pushSignal.onNote(wake);
  void resumePushes(deps, slower * longestPauseMs)
    .catch((error: unknown) => deps.log.error({ err: error }, 'pushes were not resumed'))
    .then(wake);

  return {
    async whenIdle() {
      for (;;) {
        wake();
        for (let round = running; round !== null; round = running) await round;
        if (sending.size === 0) return;
        await Promise.all(sending);
      }
    },
    stop() {
      isStopped = true;
      unsubscribe();
      clearTimeout(timer);
      close();
    },
  };
}

async function sendPush(deps: PushDeps, dial: Dial, options: PushSenderOptions, push: Push): Promise<void> {
  const ending = await trySending(deps, dial, push);
  metrics().pushes.inc({ kind: push.kind, result: ending.kind });
  await settlePush(deps, push, ending);
  if (push.kind !== 'ring') return;
  const callId = push.about as CallId;
  if (ending.kind === 'taken') await options.onTaken(callId, push.userId);
  if (ending.kind === 'withheld') await options.onWithheld(callId, push.userId);
}

async function trySending(deps: PushDeps, dial: Dial, push: Push): Promise<Ending> {
  const { deviceId, kind } = push;
  if (push.isQuiet && kind === 'ring') return { kind: 'withheld' };
  const isSeen = kind === 'ring' || kind === 'message';
  if (isSeen && (await deps.presence.inFront([push.signInId])).has(push.signInId))
    return kind === 'ring' ? { kind: 'postponed', untilMs: frontAgainMs } : { kind: 'withheld' };
  const keys = await deps.pushKeys();
  const now = deps.clock.now();
  // The claim must last longer than the sending, or another server would send it, too.
  if (now + dialTimeoutMs > push.dueAt) return { kind: 'again', untilMs: 0 };
  const dialled = await dial(writeMessage(keys, push, now, deps.clock.wallNow()));
  const ending = judge(push, dialled, deps.clock.now());
  if (ending.kind === 'taken') deps.log.debug({ deviceId, kind }, 'a push was taken');
  else {
    const { status, problem } = dialled;
    deps.log.warn({ deviceId, kind, status, problem, ending: ending.kind }, 'a push was not taken');
  }
  return ending;
}

/** What a push service's response means (RFC 8030, 5 and 7.3). */
function judge(push: Push, { status, retryAfterMs, problem }: Dialled, now: number): Ending {
  if (status !== null && status >= 200 && status < 300) return { kind: 'taken' };
  if (status === 404 || status === 410) return { kind: 'unknown_device' };
  const isTemporary = status === null ? problem !== 'NotPublic' : status === 429 || status >= 500;
  if (!isTemporary) return { kind: 'refused' };
  const pauseMs =
    (push.kind === 'message' ? slower : 1) *
    (pausesMs[Math.min(push.tries, pausesMs.length) - 1] ?? longestPauseMs);
  const untilMs = Math.max(pauseMs, retryAfterMs ?? 0);
  return now + untilMs < push.expiresAt ? { kind: 'again', untilMs } : { kind: 'given_up' };
}
