import { type CallParticipant, CallToolbar, useIsNarrow, useWords } from '@parley/call-kit';
import { GesturesMenu, GesturesShown } from '@parley/call-kit/in-call';
import type { Words } from '@parley/call-kit/words';
import { control, nothing } from './people';

type SceneToolbarProps = {
  people: CallParticipant[];
  /** Before the first callee is in the call there are no gestures. */
  isRinging?: boolean;
};

/** The controls of a call, as on as the viewer's own part in it says. */
export const SceneToolbar = (props: SceneToolbarProps) => toolbarOf(props, useIsNarrow(), useWords());

/** The same as an element of the kit, which the gallery can show the code of. */
export function toolbarOf(
  { people, isRinging = false }: SceneToolbarProps,
  isNarrow: boolean,
  { call }: Words,
) {
  const self = people.find(({ isSelf }) => isSelf);
  const leaveLabel = isNarrow ? call.leave : call.disconnect;
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
