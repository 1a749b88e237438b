import type { ReactNode } from 'react';
import { Mark } from './mark';
import css from './notice.module.css';

/** A calm card in the middle of an otherwise empty pane: empty, not found, or failed. */
export function Notice({
  title,
  detail,
  isPage,
  children,
}: {
  title: string;
  detail?: string;
  /** It stands alone, in the middle of the window. */
  isPage?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className={isPage ? `${css.notice} ${css.page}` : css.notice}>
      <Mark size={52} />
      <div>
        <h2 className={css.title}>{title}</h2>
        {detail && <p className={css.detail}>{detail}</p>}
        {children && <div className={css.actions}>{children}</div>}
      </div>
    </div>
  );
}
