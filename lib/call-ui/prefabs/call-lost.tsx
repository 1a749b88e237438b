import { CallFallback } from '../components';
import { useCallControls } from '../hooks/use-call-controls';

/** The controls of the call in place of a surface of it that throws. */
function LostSurface({ retry }: { retry: () => void }) {
  const { microphone, leaveProps, leaveLabel } = useCallControls();
  return <CallFallback {...{ microphone, leaveProps, leaveLabel, retry }} />;
}

/** The fallback of every surface that carries the controls of a call. */
export const showLostSurface = (retry: () => void) => <LostSurface retry={retry} />;
