'use client';

import { defaultComponents } from '../components';
import { useCall } from '../hooks/use-call';
import { useCallControls } from '../hooks/use-call-controls';
import { useDevices } from '../hooks/use-devices';
import { useIsNarrow } from '../hooks/use-is-narrow';
import { useKitState } from '../hooks/use-kit';
import { useLevel, useSpeakerTest } from '../hooks/use-level';
import { useController } from '../provider';
import { useSlot } from '../slot-context';
import { usePictureInPicture } from './use-picture-in-picture';

function Devices() {
  const DeviceMenu = useSlot('DeviceMenu', defaultComponents.DeviceMenu);
  const devices = {
    microphone: useDevices('audioinput'),
    speaker: useDevices('audiooutput'),
    camera: useDevices('videoinput'),
  };
  return <DeviceMenu {...devices} {...useLevel()} {...useSpeakerTest()} />;
}

function Toolbar() {
  const CallToolbar = useSlot('CallToolbar', defaultComponents.CallToolbar);
  const { leave: _leave, moveHere: _moveHere, ...controls } = useCallControls();
  return <CallToolbar {...controls} deviceMenu={<Devices />} isNarrow={useIsNarrow()} />;
}

/** The call of this tab, as a dock above its conversation or over the whole window. */
export function CallBody({ isStage }: { isStage: boolean }) {
  const { kit } = useController();
  const layout = useKitState((state) => state.layout);
  const isNarrow = useIsNarrow();
  const { summary, people, notices } = useCall();
  const openPictureInPicture = usePictureInPicture(people);
  const OutgoingCall = useSlot('OutgoingCall', defaultComponents.OutgoingCall);
  const CallDock = useSlot('CallDock', defaultComponents.CallDock);
  const CallStage = useSlot('CallStage', defaultComponents.CallStage);
  if (!summary) return null;

  const expand = () => kit.set({ isExpanded: true });
  const collapse = () => kit.set({ isExpanded: false });
  const shared = { call: summary, people, notices, openPictureInPicture };
  if (summary.phase === 'outgoing' && (!isStage || isNarrow)) {
    const phone = { isNarrow: isStage, collapse, expand };
    return (
      <OutgoingCall {...shared} {...phone} phase={summary.phase}>
        <Toolbar />
      </OutgoingCall>
    );
  }
  if (!isStage) return <CallDock {...shared} toolbar={<Toolbar />} expand={expand} />;
  const setLayout = (next: 'focus' | 'grid') => kit.set({ layout: next });
  const stage = { layout, setLayout, collapse, isNarrow };
  return <CallStage {...shared} {...stage} toolbar={<Toolbar />} />;
}
