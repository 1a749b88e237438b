import { amIn } from '../call-store';
import { accept, decline, moveHere, resume } from './answering';
import { changeRing } from './changing-rings';
import { selectDevice } from './choosing-devices';
import { confirmRing, watchEarlyRoom } from './connecting-early';
import { flipCamera, toggleCamera, toggleMicrophone, toggleScreen } from './controls';
import { createKit } from './create-kit';
import { syncDevices } from './following-devices';
import type { Kit, KitParts } from './kit';
import { confirmLeaves, leave, leaveForGood } from './leaving';
import { createInCallLoader } from './loading-in-call';
import { receive } from './receiving';
import { reconcileEntry } from './reconciling';
import { type ReplyWords, reply } from './replying';
import { listenForShortcuts } from './shortcuts';
import { type StartHints, start } from './starting';
import { runStateEffects } from './state-effects';

/** Everything the hooks can do; the state behind it lives outside React. */
export type CallController = {
  kit: Kit;
  /** Begins to listen; stops with the function it returns. */
  run(): () => void;
  preload(): void;
  confirmShown(callId: string, ringId: string): void;
  start(target: Parameters<typeof start>[1], hints?: StartHints): void;
  accept(callId: string): void;
  decline(callId: string): void;
  reply(callId: string, words: ReplyWords): void;
  leave(): void;
  moveHere(): void;
  ring(callId: string, userId: string): void;
  stopRing(callId: string, userId: string): void;
  toggleMicrophone(): void;
  toggleCamera(): void;
  toggleScreen(): void;
  flipCamera(): void;
  selectDevice(kind: Parameters<typeof selectDevice>[1], id: string): void;
  togglePicture(): void;
};

const idleMs = 4000;

/** Puts the parts together; nothing happens before `run`. */
export function createCallController(parts: KitParts): CallController {
  const kit = createKit(parts);
  const inCall = createInCallLoader(kit, parts.loadInCall);
  const confirmed = new Set<string>();

  function confirmShown(callId: string, ringId: string) {
    if (confirmed.has(ringId)) return;
    const running = new Set([...kit.state.get().store.calls.values()].map(({ view }) => view.myRing?.id));
    for (const id of confirmed) if (!running.has(id)) confirmed.delete(id);
    confirmed.add(ringId);
    // The caller reads Calling… until the server knows, so the window is painted first.
    kit.afterPaint(() => void confirmRing(kit, { callId, ringId }));
  }

  function run(): () => void {
    const sound = parts.makeSound();
    const attention = parts.makeAttention();
    const closeSound = kit.alerts.openSound(sound);
    let isOver = false;
    const stops = [
      runStateEffects(kit, attention),
      listenForShortcuts(kit, window),
      syncDevices(kit),
      inCall.run(),
      watchEarlyRoom(kit),
      parts.events.onState(kit.directory.setStream),
      parts.events.subscribe((event) => {
        receive(kit, event);
        inCall.current()?.receive(event);
        comesNear();
        if (event.type === 'snapshot') void resumeOwn();
      }),
    ];
    void kit.tab.clientId().then(() => reconcileEntry(kit));
    kit.directory.setStream(parts.events.state());
    const idle = setTimeout(preload, idleMs);

    /** A tab goes back into the call it holds: it was reloaded, or never heard that it was let in. */
    async function resumeOwn() {
      const clientId = await kit.tab.clientId();
      if (isOver || !(await confirmLeaves(kit)) || isOver) return;
      for (const { view } of kit.state.get().store.calls.values()) {
        if (amIn(view) && view.holderClientId === clientId && !kit.state.get().leftIds.has(view.id))
          void resume(kit, view.id);
      }
    }

    return () => {
      isOver = true;
      clearTimeout(idle);
      for (const stop of stops) stop();
      kit.timers.cancelAll();
      kit.attempts.cancelAll();
      const { entry } = kit.state.get();
      kit.earlyRoom.close();
      kit.connection.close();
      kit.currentCall.clear();
      if (entry?.callId) void leaveForGood(kit, entry.callId);
      closeSound();
      attention.close();
    };
  }

  /** A ring: LiveKit is loaded while the person reaches for Accept; a quiet one has no window to confirm it. */
  function comesNear() {
    for (const { view } of kit.state.get().store.calls.values()) {
      if (!view.myRing || view.status === 'ended') continue;
      kit.afterPaint(preload);
      if (view.myRing.isQuiet && kit.state.get().me?.doNotDisturb === false)
        confirmShown(view.id, view.myRing.id);
    }
  }

  function preload() {
    void parts.loadMedia().catch(() => {});
  }

  return {
    kit,
    run,
    preload,
    confirmShown,
    start: (target, hints) => start(kit, target, hints),
    accept: (callId) => accept(kit, callId),
    decline: (callId) => void decline(kit, callId),
    reply: (callId, words) => void reply(kit, callId, words),
    leave: () => leave(kit),
    moveHere: () => void moveHere(kit),
    ring: (callId, userId) => void changeRing(kit, callId, userId, 'ring'),
    stopRing: (callId, userId) => void changeRing(kit, callId, userId, 'stopRing'),
    toggleMicrophone: () => void toggleMicrophone(kit),
    toggleCamera: () => void toggleCamera(kit),
    toggleScreen: () => void toggleScreen(kit),
    flipCamera: () => void flipCamera(kit),
    selectDevice: (kind, id) => selectDevice(kit, kind, id),
    togglePicture: () => inCall.current()?.togglePicture(),
  };
}
