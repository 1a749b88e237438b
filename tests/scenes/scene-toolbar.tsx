import { type CallParticipant, CallToolbar, useIsNarrow } from '@parley/call-kit';
import { GesturesMenu, GesturesShown } from '../../lib/call-ui/in-call';
import { control } from './people';

const nothing = () => {};

type SceneToolbarProps = {
  people: CallParticipant[];
  /** Before the first callee is in the call there are no gestures. */
  isRinging?: boolean;
};

/** The controls of a call, as on as the viewer's own part in it says. */
export function SceneToolbar({ people, isRinging = false }: SceneToolbarProps) {
  const isNarrow = useIsNarrow();
  const self = people.find(({ isSelf }) => isSelf);
  const leaveLabel = isNarrow ? 'Leave' : 'Disconnect';
  const isHandRaised = (self?.handPlace ?? null) !== null;
  const hands = people
    .filter(({ handPlace }) => handPlace !== null)
    .sort((a, b) => (a.handPlace ?? 0) - (b.handPlace ?? 0))
    .map(({ person }) => person);
  const reactions = people.flatMap(({ person, reaction }, id) =>
    reaction ? [{ id, person, reaction }] : [],
  );
  return (
    <CallToolbar
      microphone={{ ...control(!self?.isMuted), isMissing: self?.hasMicrophone === false }}
      camera={control(self?.camera !== null)}
      screen={{ ...control(self?.screen !== null), isSupported: !isNarrow }}
      flipCamera={isNarrow && self?.camera ? nothing : null}
      gestures={
        isRinging ? null : (
          <GesturesMenu isDisabled={false} isHandRaised={isHandRaised} toggleHand={nothing} react={nothing} />
        )
      }
      isHandRaised={isHandRaised}
      above={<GesturesShown hands={hands} reactions={reactions} />}
      deviceMenu={<p>Devices</p>}
      leaveProps={{ type: 'button', onClick: nothing, 'aria-label': leaveLabel }}
      leaveLabel={leaveLabel}
      isNarrow={isNarrow}
    />
  );
}
