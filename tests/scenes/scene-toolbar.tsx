import { type CallParticipant, CallToolbar, useIsNarrow } from '../../lib/call-ui';
import { control } from './people';

const nothing = () => {};

/** The controls of a call, as on as the viewer's own part in it says. */
export function SceneToolbar({ people }: { people: CallParticipant[] }) {
  const isNarrow = useIsNarrow();
  const self = people.find(({ isSelf }) => isSelf);
  const leaveLabel = isNarrow ? 'Leave' : 'Disconnect';
  return (
    <CallToolbar
      microphone={{ ...control(!self?.isMuted), isMissing: self?.hasMicrophone === false }}
      camera={control(self?.camera !== null)}
      screen={{ ...control(self?.screen !== null), isSupported: !isNarrow }}
      flipCamera={isNarrow && self?.camera ? nothing : null}
      deviceMenu={<p>Devices</p>}
      leaveProps={{ type: 'button', onClick: nothing, 'aria-label': leaveLabel }}
      leaveLabel={leaveLabel}
      isNarrow={isNarrow}
    />
  );
}
