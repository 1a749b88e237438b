import { type ReactNode, useId } from 'react';
import css from './settings.module.css';

type Ids = { labelledBy: string; describedBy?: string };

/** One setting: label on the left, control on the right. */
export function Line({
  name,
  detail,
  control,
}: {
  name: string;
  detail?: string;
  control: (ids: Ids) => ReactNode;
}) {
  const id = useId();
  return (
    <div className={css.line}>
      <span className={css.text}>
        <span className={css.name} id={id}>
          {name}
        </span>
        {detail && (
          <small className={css.detail} id={`${id}-detail`}>
            {detail}
          </small>
        )}
      </span>
      {control({ labelledBy: id, ...(detail ? { describedBy: `${id}-detail` } : {}) })}
    </div>
  );
}

/** A titled card of settings; `id` is its anchor in the navigation. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className={css.section} id={id} aria-labelledby={`${id}-title`}>
      <h2 className={css.heading} id={`${id}-title`}>
        {title}
      </h2>
      <div className={css.card}>{children}</div>
    </section>
  );
}
