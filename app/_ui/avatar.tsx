import { AvatarView } from '@parley/call-kit';
import type { Person, Presence } from '@parley/call-protocol';
import type { CSSProperties } from 'react';
import { useText } from '../_language/text-provider';
import css from './avatar.module.css';
import { presenceWords } from './presence-words';

/** A person's avatar as calls show it, with their presence. `size` in px. */
export function Avatar({
  person,
  size = 40,
  presence,
}: {
  person: Pick<Person, 'id' | 'displayName' | 'avatarUrl' | 'hue'>;
  size?: number;
  presence?: Presence;
}) {
  const t = useText();
  return (
    <span className={css.avatar} style={{ '--d': `var(--call-avatar-size, ${size}px)` } as CSSProperties}>
      <AvatarView
        id={person.id}
        hue={person.hue}
        name={person.displayName}
        pictureUrl={person.avatarUrl}
        size={size}
      />
      {presence && presence !== 'offline' && (
        <span
          className={css.presence}
          data-presence={presence}
          role="img"
          aria-label={t(presenceWords[presence])}
        />
      )}
    </span>
  );
}
