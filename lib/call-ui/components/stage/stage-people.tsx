'use client';
import type { Reaction } from '@parley/call-protocol';
import { type CSSProperties, useCallback } from 'react';
import { useSlot } from '../../slot-context';
import { cornerByKey, nearestCorner } from '../../stage/boxes';
import type { StageView } from '../../view-models';
import { useWords } from '../../words/use-words';
import { Button } from '../button';
import { NextIcon, PreviousIcon } from '../call-icons';
import { classNames } from '../class-names';
import { Countdown } from '../countdown';
import { reactionSigns } from '../reaction-signs';
import { UnseenPerson } from '../unseen-person';
import { screenKey } from './stage-items';
import style from './stage-people.module.css';
import { StageTile } from './stage-tile';
import type { Stage } from './use-stage';

type StagePeopleProps = {
  stage: Stage;
  view: StageView;
  isGroup: boolean;
  /** The next larger size; null in the full window. */
  expand: (() => void) | null;
  popOut: (() => void) | null;
  stopSharing: (() => void) | null;
};

/** Everyone in the call where the layout puts them, and a way to the others. */
export function StagePeople(props: StagePeopleProps) {
  const { stage, view, isGroup, expand, popOut, stopSharing } = props;
  const ShownCountdown = useSlot('Countdown', Countdown);
  const words = useWords().call;
  const { layout, people, mainKey } = stage;
  const { setFocus, setPinned, setCorner, focus, pinnedId, corner } = view;
  const enlarge = useCallback(
    (key: string) => {
      if (key !== mainKey) setFocus(key);
      else if (expand) expand();
      else setFocus(focus === key ? null : key);
    },
    [mainKey, focus, expand, setFocus],
  );
  const pin = useCallback((id: string) => setPinned(pinnedId === id ? null : id), [pinnedId, setPinned]);
  const { area } = stage;
  const move = useCallback(
    (to: { key: string } | { x: number; y: number }) => {
      const box = area.current;
      const outer = { x: 0, y: 0, width: box?.clientWidth ?? 0, height: box?.clientHeight ?? 0 };
      const next = 'key' in to ? cornerByKey(corner, to.key) : nearestCorner(to, outer);
      if (next) setCorner(next);
      return next !== null;
    },
    [area, corner, setCorner],
  );
  const canPin = isGroup && people.size > 3;
  const reaction = stage.unseen.findLast((one) => one.reaction)?.reaction ?? null;

  return (
    <div ref={stage.area} className={classNames(style.area, stage.isBig && style.big)}>
      <ul className={style.list} aria-label={words.people}>
        {layout.placed.map((placed) => {
          const personId = placed.key.replace(/^screen /, '');
          const participant = people.get(personId);
          if (!participant) return null;
          const source = placed.key === screenKey(personId) ? 'screen' : 'camera';
          if (placed.look === 'main' && source === 'camera' && participant.state === 'rejoining') {
            const { x, y, width, height } = placed.rect;
            return (
              <li
                key={placed.key}
                aria-label={participant.person.displayName}
                className={style.waiting}
                style={{ insetInlineStart: x, top: y, width, height }}
              >
                <ShownCountdown participant={participant} />
              </li>
            );
          }
          return (
            <StageTile
              key={placed.key}
              participant={participant}
              source={source}
              placed={placed}
              face={placed.look === 'face' ? layout.face : 0}
              isMain={placed.key === mainKey}
              isPinned={source === 'camera' && personId === pinnedId}
              enlarge={placed.look === 'face' ? null : enlarge}
              pin={canPin && source === 'camera' && !participant.isSelf ? pin : null}
              move={placed.look === 'corner' ? move : null}
              popOut={participant.isSelf ? null : popOut}
              stopSharing={participant.isSelf ? stopSharing : null}
            />
          );
        })}
        {stage.unseen.map((participant) => (
          <UnseenPerson key={participant.person.id} participant={participant} />
        ))}
      </ul>
      {layout.more ? (
        <More {...layout.more} {...{ expand, reaction }} face={layout.face} isInStrip={mainKey !== null} />
      ) : null}
      {layout.pages > 1 ? <Pager stage={stage} /> : null}
    </div>
  );
}

type MoreProps = NonNullable<Stage['layout']['more']> & {
  face: number;
  isInStrip: boolean;
  /** What one of them reacts with now. */
  reaction: Reaction | null;
  expand: (() => void) | null;
};

/** "+17": how many there are besides; leads to the full window, which shows them. */
function More({ rect, count, face, isInStrip, reaction, expand }: MoreProps) {
  const { tile } = useWords();
  const { x, y, width, height } = rect;
  const place: CSSProperties & Record<`--k-${string}`, string> = {
    ...{ insetInlineStart: x, top: y, width, height },
    ...(face > 0 && { '--k-count': `${face}px` }),
  };
  const look = classNames(style.more, face > 0 && style.underFaces, isInStrip && style.inStrip);
  const words = (
    <>
      <span className={style.count} dir="ltr">
        +{count}
        {reaction ? (
          <span key={reaction} className={style.reaction} aria-hidden="true">
            {reactionSigns[reaction]}
          </span>
        ) : null}
      </span>{' '}
      <span className={style.everyone}>{tile.everyone}</span>
    </>
  );
  if (!expand)
    return (
      <span className={look} style={place}>
        {words}
      </span>
    );
  return (
    <button type="button" className={look} style={place} onClick={expand}>
      {words}
    </button>
  );
}

/** The pages of the full window: "1–9 of 14 people". */
function Pager({ stage }: { stage: Stage }) {
  const { tile } = useWords();
  const { page, pages, perPage } = stage.layout;
  const total = stage.people.size;
  const last = Math.min(total, (page + 1) * perPage);
  const step = (by: number) => stage.setPage(page + by);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields
    <div role="group" aria-label={tile.pages} className={style.pager}>
      <Button
        tone="quiet"
        size="iconLg"
        aria-label={tile.previousPage}
        icon={<PreviousIcon />}
        disabled={page === 0}
        onClick={() => step(-1)}
      />
      <span role="status" className={style.pages}>
        {tile.page({ first: page * perPage + 1, last, count: total })}
      </span>
      <Button
        tone="quiet"
        size="iconLg"
        aria-label={tile.nextPage}
        icon={<NextIcon />}
        disabled={page === pages - 1}
        onClick={() => step(1)}
      />
    </div>
  );
}
