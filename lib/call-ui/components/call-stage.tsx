'use client';
import type { CallStageProps } from '../slots';
import { BareCall } from './bare-call';
import { useStageParts } from './stage/load-stage';

/**
 * The call in the whole window, dark in both themes: faces, tiles, or one picture with the others beside it.
 *
 * @example
 * <CallStage {...{ call, people, notices, toolbar, stopSharing, collapse, isNarrow, isSideways }} view={useStageView()} />
 */
export function CallStage(props: CallStageProps) {
  const parts = useStageParts();
  if (parts) return <parts.FullCall {...props} />;
  return <BareCall {...props} height={null} />;
}
