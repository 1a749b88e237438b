import { useContext, useEffect } from 'react';
import { CallBoundary } from './call-boundary';
import { Ringer } from './components/ringer';
import { useController } from './controller-context';
import { useRinger } from './hooks/use-ringer';
import { SlotContext, useSlot } from './slot-context';

/** The app's own ringer where it has one; without an override the kit plays by itself, outside React. */
export function Ringing() {
  const { Ringer: override } = useContext(SlotContext);
  if (override === undefined) return null;
  return <CallBoundary>{override === null ? <Silence /> : <OwnRinger />}</CallBoundary>;
}

function OwnRinger() {
  const Own = useSlot('Ringer', Ringer);
  return <Own {...useRinger()} />;
}

function Silence() {
  const { kit } = useController();
  useEffect(() => kit.alerts.replaceRinger('none'), [kit]);
  return null;
}
