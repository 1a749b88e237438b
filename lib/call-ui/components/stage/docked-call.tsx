'use client';
import { memo, useCallback } from 'react';
import { useIsHidden, useSlot } from '../../slot-context';
import type { CallDockProps } from '../../slots';
import { barHeight } from '../../stage/dock-size';
import { useWords } from '../../words/use-words';
import { Button } from '../button';
import { CallBar } from '../call-bar';
import { ExpandIcon } from '../call-icons';
import { classNames } from '../class-names';
import { ConnectionBanner } from '../connection-banner';
import { DownIcon } from '../icons';
import { PeopleMenu } from '../people-menu';
import { stepBack } from '../step-back';
import theme from '../theme.module.css';
import { UnseenPeople } from '../unseen-person';
import { useKeptFocus } from '../use-kept-focus';
import { useWithoutSpeech } from '../use-without-speech';
import style from './docked-call.module.css';
import { StageEdge } from './stage-edge';
import { StagePeople } from './stage-people';
import { useStage } from './use-stage';

type DockBarProps = Pick<
  CallDockProps,
  'call' | 'people' | 'expand' | 'openPictureInPicture' | 'openSoundCheck'
> & {
  isAside: boolean;
  /** One line is all there is: the timer, and the ways to more. */
  isBar: boolean;
  /** Back to the height that people show at; null where they show. */
  open: (() => void) | null;
};

const DockBar = memo(function DockBar({ isBar, open, openPictureInPicture, ...bar }: DockBarProps) {
  const { expand, ...line } = bar;
  const words = useWords().bar;
  const Bar = useSlot('CallBar', CallBar);
  const People = useSlot('PeopleMenu', PeopleMenu);
  return (
    <Bar {...line} isBar={isBar} place="dock" openPictureInPicture={isBar ? null : openPictureInPicture}>
      {isBar ? null : <People people={line.people} />}
      {open ? (
        <Button tone="quiet" size="icon" aria-label={words.showPeople} icon={<DownIcon />} onClick={open} />
      ) : null}
      <Button tone="quiet" size="icon" aria-label={words.fullWindow} icon={<ExpandIcon />} onClick={expand} />
    </Bar>
  );
});

/**
 * The call above its conversation, as high as what it shows needs or as the person made it.
 */
export function DockedCall(props: CallDockProps) {
  const { call, people, notices, toolbar, openPictureInPicture, expand, view, edge, stopSharing } = props;
  const Banner = useSlot('ConnectionBanner', ConnectionBanner);
  const surface = useKeptFocus<HTMLElement>();
  const words = useWords().call;
  const silent = useWithoutSpeech(people);
  const [notice] = useIsHidden('ConnectionBanner') ? [] : notices;
  const isBar = edge.height === barHeight;
  const stage = useStage({ people, place: 'dock', bar: 52, view });
  const back = view.focus === null ? null : () => view.setFocus(null);
  const { setSize } = edge;
  const openHalf = useCallback(() => setSize('half'), [setSize]);
  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label={words.region}
      className={classNames(
        theme.kit,
        style.dock,
        isBar && style.bar,
        call.phase === 'reconnecting' && style.away,
      )}
      style={{ height: edge.height }}
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
      onKeyDown={stepBack(back)}
    >
      {notice && !isBar ? <Banner notice={notice} /> : null}
      <div className={style.people}>
        <DockBar
          call={call}
          people={silent}
          expand={expand}
          openPictureInPicture={openPictureInPicture}
          openSoundCheck={props.openSoundCheck ?? null}
          isAside={!isBar && stage.layout.isBarAside}
          isBar={isBar}
          open={isBar && !edge.range.isLow ? openHalf : null}
        />
        {isBar ? (
          <UnseenPeople people={people} />
        ) : (
          <StagePeople
            {...{ stage, view, expand, stopSharing }}
            isGroup={call.kind === 'group'}
            popOut={openPictureInPicture}
          />
        )}
      </div>
      {toolbar}
      <StageEdge edge={edge} surface={surface} />
    </section>
  );
}
