import { avatarHue, initialOf, initialsOf } from '@parley/call-kit';
import type { Person, Presence } from '@parley/call-protocol';
import type { CSSProperties } from 'react';
import { useText } from '../_language/text-provider';
import css from './avatar.module.css';
import { presenceWords } from './presence-words';

/** A person's picture, else their initial on their own colour. `size` in px. */
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
    <span
      className={css.avatar}
      style={
        { '--d': `var(--avatar-size, ${size}px)`, '--h': avatarHue(person.id, person.hue) } as CSSProperties
      }
    >
      {person.avatarUrl ? (
        // biome-ignore lint/performance/noImgElement: small, already sized by the server, and private
        <img className={css.picture} src={person.avatarUrl} alt="" width={size} height={size} />
      ) : (
        <span aria-hidden="true">{initialsOf(person.displayName)}</span>
      )}
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

/** A group's corner tile with its initial. */
export function GroupAvatar({
  id,
  hue,
  title,
  size = 40,
}: {
  id: string;
  hue: number | undefined;
  title: string;
  size?: number;
}) {
  return (
    <span
      className={`${css.avatar} ${css.group}`}
      style={{ '--d': `var(--avatar-size, ${size}px)`, '--h': avatarHue(id, hue) } as CSSProperties}
    >
      <span aria-hidden="true">{initialOf(title)}</span>
    </span>
  );
}
