import { useLayoutEffect } from 'react';
import { clockNow } from '../clock';
import { ringingTitle } from '../controller/state-effects';
import { useController } from '../controller-context';
import { useFirstWords } from '../words/words-context';
import { useKitState } from './use-kit';

/**
 * "Alice is calling" while a call rings here, else null, for the one place of the app that writes
 * `document.title`. While it is used the kit leaves the title alone; otherwise the kit lets it blink.
 *
 * @example
 * const ringing = useRingingTitle();
 * useEffect(() => { document.title = ringing ?? 'My app'; }, [ringing]);
 */
export function useRingingTitle(): string | null {
  const { kit } = useController();
  useLayoutEffect(() => kit.alerts.addTitleOwner(), [kit]);
  const words = useFirstWords();
  return useKitState((state) => ringingTitle(state, clockNow(), words));
}
