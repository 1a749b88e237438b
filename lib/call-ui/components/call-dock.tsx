'use client';
import type { CallDockProps } from '../slots';
import { BareCall } from './bare-call';
import { useStageParts } from './stage/load-stage';

/**
 * The call above its conversation, as high as what it shows needs or as the person made it.
 *
 * @example
 * <CallDock {...{ call, people, notices, toolbar, expand, stopSharing }} view={useStageView()} edge={useDockEdge()} openPictureInPicture={null} />
 */
export function CallDock(props: CallDockProps) {
  const parts = useStageParts();
  if (parts) return <parts.DockedCall {...props} />;
  return <BareCall {...props} height={props.edge.height} />;
}
