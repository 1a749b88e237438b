'use client';

import { useConnection } from '@/lib/call-ui';
import ui from '../../_ui/ui.module.css';
import css from './connection-line.module.css';

/** Shows over the page, without moving it, that updates stop until the server responds again. */
export function ConnectionLine() {
  const { isLost } = useConnection();
  return (
    <div role="status" className={css.place}>
      {isLost && (
        <span className={css.line}>
          <span className={ui.spinner} aria-hidden="true" />
          Can’t reach the server. Trying again…
        </span>
      )}
    </div>
  );
}
