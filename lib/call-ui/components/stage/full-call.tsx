'use client';
import { useRef } from 'react';
import { useSlot } from '../../slot-context';
import type { CallStageProps } from '../../slots';
import { useWords } from '../../words/use-words';
import { classNames } from '../class-names';
import { ConnectionBanner } from '../connection-banner';
import { stepBack } from '../step-back';
import theme from '../theme.module.css';
import { useKeptFocus } from '../use-kept-focus';
import { useWithoutSpeech } from '../use-without-speech';
import style from './full-call.module.css';
import { StageBar, StageChat, StageFoot } from './full-call-parts';
import { StagePeople } from './stage-people';
import { useStage } from './use-stage';

/**
 * The call in the whole window, dark in both themes: faces, tiles, or one picture with the others beside it.
 */
export function FullCall(props: CallStageProps) {
  const { call, people, notices, toolbar, view, collapse, isNarrow, isSideways, stopSharing } = props;
  const chat = isNarrow || isSideways ? null : (props.chat ?? null);
  const popOut = props.openPictureInPicture ?? null;
  const Banner = useSlot('ConnectionBanner', ConnectionBanner);
  const surface = useKeptFocus<HTMLElement>();
  const words = useWords().call;
  const chatToggle = useRef<HTMLButtonElement>(null);
  const silent = useWithoutSpeech(people);
  const place = isSideways ? 'sideways' : isNarrow ? 'phone' : 'full';
  const stage = useStage({ people, place, bar: isSideways ? 52 : 0, view });

  return (
    <section
      ref={surface}
      tabIndex={-1}
      aria-label={words.region}
      className={classNames(
        theme.kit,
        style.stage,
        isSideways ? style.sideways : isNarrow && style.narrow,
        call.phase === 'reconnecting' && style.away,
      )}
      data-theme="dark"
      data-call-phase={call.phase}
      data-call-kind={call.kind}
      data-connection={call.quality}
      data-chat={chat?.isOpen || undefined}
      onKeyDown={stepBack(collapse)}
    >
      <StageBar
        call={call}
        people={silent}
        isNarrow={isNarrow || isSideways}
        isAside={stage.layout.isBarAside}
        collapse={collapse}
        openPictureInPicture={popOut}
        openSoundCheck={props.openSoundCheck ?? null}
      />
      <div className={style.middle}>
        {notices.length > 0 ? (
          <div className={style.notices}>
            {notices.slice(0, 2).map((notice) => (
              <Banner key={notice.id} notice={notice} />
            ))}
          </div>
        ) : null}
        <StagePeople
          {...{ stage, view, stopSharing, popOut }}
          isGroup={call.kind === 'group'}
          expand={null}
        />
      </div>
      {chat?.isOpen ? <StageChat chat={chat} toggle={chatToggle} /> : null}
      <StageFoot
        people={silent}
        toolbar={toolbar}
        chat={chat}
        chatToggle={chatToggle}
        isNarrow={isNarrow || isSideways}
      />
    </section>
  );
}
