'use client';
import { type CSSProperties, type KeyboardEvent, memo, type PointerEvent, useState } from 'react';
import type { Placed } from '../../stage/stage-frame';
import type { CallParticipant } from '../../view-models';
import { useWords } from '../../words/use-words';
import { PinIcon } from '../call-icons';
import { classNames } from '../class-names';
import { SteadyTile } from '../steady-tile';
import style from './stage-people.module.css';

type StageTileProps = {
  participant: CallParticipant;
  source: 'camera' | 'screen';
  placed: Placed;
  /** Diameter of a face without a picture. */
  face: number;
  isMain: boolean;
  isPinned: boolean;
  /** Makes this one large, or goes on to the full window; null where a click does nothing. */
  enlarge: ((key: string) => void) | null;
  pin: ((personId: string) => void) | null;
  /** Moves the person's own picture: by a key, or to the point where it was let go. */
  move: ((to: { key: string } | { x: number; y: number }) => boolean) | null;
  popOut?: (() => void) | null;
  stopSharing?: (() => void) | null;
};

const tileSizes = { face: 'dock', tile: 'tile', main: 'tile', strip: 'strip', corner: 'corner' } as const;
/** A pointer that moves less has clicked. */
const clickDistance = 6;

const mirroredKeys: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };
const isMirrored = (element: Element) => getComputedStyle(element).direction === 'rtl';

/** One person or screen in its place. */
export const StageTile = memo(function StageTile(props: StageTileProps) {
  const { participant, source, placed, face, isMain, isPinned, enlarge, pin, move } = props;
  const [dragged, setDragged] = useState<{ x: number; y: number } | null>(null);
  const { rect, look, key } = placed;
  const { id, displayName } = participant.person;
  const { tile } = useWords();
  const name = source === 'screen' ? tile.screenOf({ name: displayName }) : displayName;
  const place: CSSProperties & Record<`--k-${string}`, string> = {
    // Lines that run from right to left begin at the right: there the stage is laid out mirrored.
    insetInlineStart: rect.x,
    top: rect.y,
    width: rect.width,
    height: rect.height,
    '--k-face-zoom': String(face / 80),
    ...(dragged && { translate: `${dragged.x}px ${dragged.y}px` }),
  };

  const drag = move && {
    onPointerDown: (down: PointerEvent<HTMLElement>) => {
      if (down.button !== 0) return;
      const element = down.currentTarget;
      const outer = element.parentElement?.parentElement?.getBoundingClientRect();
      element.setPointerCapture(down.pointerId);
      const from = { x: down.clientX, y: down.clientY };
      const along = isMirrored(element) ? -1 : 1;
      const onMove = (event: globalThis.PointerEvent) =>
        setDragged({ x: event.clientX - from.x, y: event.clientY - from.y });
      const end = (event: globalThis.PointerEvent) => {
        element.removeEventListener('pointermove', onMove);
        element.removeEventListener('pointerup', end);
        element.removeEventListener('pointercancel', end);
        setDragged(null);
        const distance = Math.hypot(event.clientX - from.x, event.clientY - from.y);
        if (event.type !== 'pointerup' || !outer) return;
        if (distance < clickDistance) enlarge?.(key);
        else
          move({
            x: rect.x + rect.width / 2 + along * (event.clientX - from.x),
            y: rect.y + rect.height / 2 + event.clientY - from.y,
          });
      };
      element.addEventListener('pointermove', onMove);
      element.addEventListener('pointerup', end);
      element.addEventListener('pointercancel', end);
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const key = isMirrored(event.currentTarget) ? (mirroredKeys[event.key] ?? event.key) : event.key;
      if (move({ key })) event.preventDefault();
    },
    // A pointer has its click from above.
    onClick: (event: { detail: number }) => {
      if (event.detail === 0) enlarge?.(key);
    },
  };

  return (
    <li
      aria-label={name}
      className={classNames(style.item, style[look])}
      style={place}
      data-look={look}
      data-pinned={isPinned || undefined}
      data-key={key}
    >
      {enlarge ? (
        <button
          type="button"
          className={style.enlarge}
          aria-label={move ? tile.enlargeOrMove({ name }) : tile.enlarge({ name })}
          aria-pressed={isMain}
          onClick={() => enlarge(key)}
          {...drag}
        />
      ) : null}
      <SteadyTile
        participant={participant}
        size={tileSizes[look]}
        source={source}
        {...(source === 'screen' && look === 'main'
          ? { popOut: props.popOut ?? null, stopSharing: props.stopSharing ?? null }
          : {})}
      />
      {pin ? (
        <button
          type="button"
          className={style.pin}
          aria-label={tile.pinPerson({ name: displayName })}
          aria-pressed={isPinned}
          title={isPinned ? tile.unpin : tile.pin}
          onClick={() => pin(id)}
        >
          <PinIcon size={16} />
        </button>
      ) : null}
    </li>
  );
});
