import type { CallParticipant } from '../view-models';
import { useWords } from '../words/use-words';
import { Button } from './button';
import { RingAgainIcon } from './call-icons';

type RingButtonProps = {
  participant: CallParticipant;
  /** False where only ringing again has room. */
  canStop?: boolean;
  className?: string | undefined;
};

/** Rings a participant again or stops their ring; renders nothing where neither is allowed. */
export function RingButton({ participant, canStop = true, className }: RingButtonProps) {
  const { ringAgain, stopRinging, isRingBusy } = participant;
  const { tile } = useWords();
  const shared = { size: 'sm', className, 'aria-busy': isRingBusy } as const;
  if (ringAgain) {
    return (
      <Button {...shared} tone="soft" icon={<RingAgainIcon size={16} />} onClick={ringAgain}>
        {tile.ringAgain}
      </Button>
    );
  }
  if (!stopRinging || !canStop) return null;
  return (
    <Button {...shared} tone="quiet" onClick={stopRinging}>
      {tile.stopRinging}
    </Button>
  );
}
