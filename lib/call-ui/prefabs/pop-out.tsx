'use client';

import { createPortal } from 'react-dom';
import { PopOutCall } from '../components/pop-out-call';
import { useCall } from '../hooks/use-call';
import { useCallControls } from '../hooks/use-call-controls';

/** The call in a window of its own. */
export function PopOut({ window }: { window: Window }) {
  const { summary, people } = useCall();
  const { microphone, leaveProps, leaveLabel } = useCallControls();
  if (!summary) return null;
  const shown = { people, microphone, leaveProps, leaveLabel };
  return createPortal(<PopOutCall call={summary} {...shown} />, window.document.body);
}
