'use client';

import { useIncomingCalls } from '@parley/call-kit';
import { object } from '@parley/call-protocol';
import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod/mini';
import { conversationHref, useGo } from '../../_ui/go';
import { request } from '../_store/api';
import { useMyId } from '../_store/hooks';
import { notifyBesideWorker } from './notify-beside-worker';
import { refreshPush } from './push-device';
import { setRingNotifier } from './ring-notifier';

const handed = z.nullable(object({ callId: z.string(), ringId: z.string(), pass: z.string() }));
const nudge = object({ type: z.literal('parley-notification'), conversationId: z.nullable(z.string()) });
const redeemed = object({ callId: z.string() });
/** The stream brings the ring within a moment; one that is not there by then has ended. */
const ringWithinMs = 15_000;

/**
 * Accepts the ring whose notification the person accepted. The worker hands the page a secret for it, which the server
 * takes once; nothing in an address can do that.
 */
export default function AcceptedRing() {
  const go = useGo();
  const myId = useMyId();
  const [callId, setCallId] = useState<string | null>(null);
  useEffect(() => {
    const workers = navigator.serviceWorker;
    const take = () => takeAccepted(workers).then(setCallId, () => {});
    const onMessage = ({ data }: MessageEvent<unknown>) => {
      const said = nudge.safeParse(data);
      if (!said.success) return;
      if (said.data.conversationId) go(conversationHref(said.data.conversationId));
      void take();
    };
    workers.addEventListener('message', onMessage);
    void take();
    const forget = setRingNotifier((ringing, title) => notifyBesideWorker(myId, ringing, title));
    refreshPush(myId).catch(() => {});
    return () => {
      forget();
      workers.removeEventListener('message', onMessage);
    };
  }, [go, myId]);
  const done = useCallback(() => setCallId(null), []);
  return callId === null ? null : <Accept key={callId} callId={callId} done={done} />;
}

/** The ring that this page was opened for, or null; the server has taken its secret. */
async function takeAccepted(workers: ServiceWorkerContainer): Promise<string | null> {
  const worker = (await workers.getRegistration())?.active;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
  });
  worker.postMessage({ type: 'parley-accepted' }, [port2]);
  const ring = handed.safeParse(await answer);
  if (!ring.success || !ring.data) return null;
  const { ringId, pass } = ring.data;
  const path = `/api/push/rings/${encodeURIComponent(ringId)}/redeem`;
  return (await request('POST', path, redeemed, { pass })).callId;
}

function Accept({ callId, done }: { callId: string; done: () => void }) {
  const ring = useIncomingCalls().find(({ call }) => call.id === callId);
  useEffect(() => {
    const timer = setTimeout(done, ringWithinMs);
    return () => clearTimeout(timer);
  }, [done]);
  useEffect(() => {
    if (!ring) return;
    ring.accept();
    done();
  }, [ring, done]);
  return null;
}
