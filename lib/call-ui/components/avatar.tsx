import type { Person } from '@parley/call-protocol';
import type { CSSProperties } from 'react';
import style from './avatar.module.css';
import { avatarHue, initialOf, initialsOf } from './avatar-hue';
import { classNames } from './class-names';
import theme from './theme.module.css';

/** Whose picture, and how it is drawn. */
export type AvatarProps = {
  /** The colour comes from it unless `hue` is given, so it is the id of the person or conversation, not the name. */
  id: string;
  /** The person's own hue in degrees (`person.hue`). */
  hue?: number | undefined;
  name: string;
  pictureUrl?: string | null;
  /** Side length in CSS pixels. */
  size: number;
  shape?: 'person' | 'group';
  isSpeaking?: boolean;
  /** Greyed: rejoining, declined or not answering. */
  isDim?: boolean;
  /** Draws the two rings of a callee who is being rung. */
  hasRings?: boolean;
};

/** A person as an avatar shows them: name, picture and colour. */
export const avatarOf = (person: Person): Pick<AvatarProps, 'id' | 'name' | 'pictureUrl' | 'hue'> => ({
  id: person.id,
  name: person.displayName,
  pictureUrl: person.avatarUrl,
  hue: person.hue,
});

/**
 * A person's picture or initials on a colour of their own. Decorative: the name stands beside it.
 *
 * @example <Avatar id={person.id} name={person.displayName} pictureUrl={person.avatarUrl} hue={person.hue} size={40} />
 */
export function Avatar({
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
