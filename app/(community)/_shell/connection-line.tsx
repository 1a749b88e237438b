'use client';

import { useCall, useCallPlace, useConnection } from '@parley/call-kit';
import { useText } from '../../_language/text-provider';
import ui from '../../_ui/ui.module.css';
import css from './connection-line.module.css';

/** Shows over the page, without moving it, that updates stop until the server responds again. */
export function ConnectionLine() {
  const t = useText();
  const { isLost } = useConnection();
  const { notices } = useCall();
  const { place } = useCallPlace();
  // One banner for one trouble: a call on the screen says already that there is no connection.
  const isSaid = place !== 'bar' && notices.some(({ id }) => id === 'reconnecting' || id === 'no_connection');
  return (
    <div role="status" className={css.place}>
      {isLost && !isSaid && (
        <span className={css.line}>
          <span className={ui.spinner} aria-hidden="true" />
          {t('shell.cantReach')}
        </span>
      )}
    </div>
  );
}
