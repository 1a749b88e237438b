import type { Person } from '@parley/call-protocol';
import type { CSSProperties } from 'react';
import { useSlot } from '../slot-context';
import type { AvatarProps } from '../slots';
import style from './avatar.module.css';
import { avatarHue, initialOf, initialsOf } from './avatar-hue';
import { classNames } from './class-names';
import theme from './theme.module.css';

/** A person as an avatar shows them: name, picture and colour. */
export const avatarOf = (person: Person): Pick<AvatarProps, 'id' | 'name' | 'pictureUrl' | 'hue'> => ({
  id: person.id,
  name: person.displayName,
  pictureUrl: person.avatarUrl,
  hue: person.hue,
});

/**
 * A person as the app shows them: the slot `Avatar`, in every part of a call. Decorative: the name stands beside it.
 *
 * @example <Avatar id={person.id} name={person.displayName} pictureUrl={person.avatarUrl} hue={person.hue} size={40} />
 */
export function Avatar(props: AvatarProps) {
  const Shown = useSlot('Avatar', AvatarView);
  return <Shown {...props} />;
}

/**
 * A person's picture or initials on a colour of their own: what fills the slot `Avatar`.
 *
 * @example <AvatarView id={person.id} name={person.displayName} pictureUrl={person.avatarUrl} hue={person.hue} size={40} />
 */
export function AvatarView({
  id,
  hue,
  name,
  pictureUrl,
  size,
  shape = 'person',
  isSpeaking,
  isDim,
  hasRings,
}: AvatarProps) {
  const initials = shape === 'group' ? initialOf(name) : initialsOf(name);
  const variables = { '--k-size': `${size}px`, '--k-hue': avatarHue(id, hue) } as CSSProperties;
  const avatar = (
    <span
      aria-hidden="true"
      className={classNames(
        theme.kit,
        style.avatar,
        shape === 'group' && style.group,
        initials.length > 1 && style.two,
        isSpeaking && style.speaking,
        isDim && style.dim,
      )}
      style={variables}
    >
      {pictureUrl ? (
        // biome-ignore lint/performance/noImgElement: the kit knows no framework
        <img className={style.picture} src={pictureUrl} alt="" draggable={false} />
      ) : (
        initials
      )}
    </span>
  );
  if (!hasRings) return avatar;
  const gap = { '--k-ring-gap': `${Math.max(4, Math.round(size / 11))}px` } as CSSProperties;
  return (
    <span className={classNames(theme.kit, style.rings)} style={gap}>
      {avatar}
    </span>
  );
}
