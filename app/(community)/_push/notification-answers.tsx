'use client';

import { lazy, Suspense, useEffect, useState } from 'react';

const AcceptedRing = lazy(() => import('./accepted-ring').catch(() => ({ default: () => null })));

/** What follows from notifications, in browsers that have a worker which shows some: others load none of it. */
export function NotificationAnswers() {
  const [hasWorker, setHasWorker] = useState(false);
  useEffect(() => {
    // Missing on pages without https. Resolves once there is a worker, also one that is registered later.
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    workers?.ready.then(
      () => setHasWorker(true),
      () => {},
    );
  }, []);
  return hasWorker ? (
    <Suspense>
      <AcceptedRing />
    </Suspense>
  ) : null;
}
