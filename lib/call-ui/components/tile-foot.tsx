import type { ReactNode } from 'react';
import type { ParticipantTileProps } from '../slots';
import type { Words } from '../words/ready-words';
import { useWords } from '../words/use-words';
import { ScreenIcon } from './call-icons';
import { classNames } from './class-names';
import { QualityBars } from './quality-bars';
import theme from './theme.module.css';
import style from './tile-foot.module.css';

type TileFootProps = Pick<ParticipantTileProps, 'participant' | 'size' | 'stopSharing'> & {
  isScreen: boolean;
  label: string;
  /** A ring state or a countdown; '' when there is none. */
  words: string;
  isWeak: boolean;
  /** What stands behind the name, which keeps its place: muted, a raised hand. */
  marks: ReactNode;
};

function screenSentence({ isSelf, person }: ParticipantTileProps['participant'], { tile }: Words): string {
  return isSelf ? tile.ownScreenShared : tile.screenShared({ name: person.displayName });
}

/** Whose tile it is, and what there is to know about it, at the foot of the picture. */
export function TileFoot(props: TileFootProps) {
  const { participant, size, isScreen, label, words, isWeak, marks, stopSharing } = props;
  const catalogue = useWords();
  const hasSentence = isScreen && size === 'tile';
  return (
    <span className={classNames(style.foot, isScreen && style.screen, stopSharing && style.own)}>
      <span className={style.chip}>
        {isScreen ? <ScreenIcon size={16} /> : null}
        {hasSentence ? (
          <bdi className={classNames(theme.clip, style.sentence)}>
            {screenSentence(participant, catalogue)}
          </bdi>
        ) : null}
        <bdi className={classNames(theme.clip, hasSentence && style.brief)}>{label}</bdi>
        {marks}
      </span>
      {words ? <span className={style.chip}>{words}</span> : null}
      {isWeak ? (
        <span className={style.chip}>
          <QualityBars quality={participant.quality} />{' '}
          {participant.quality === 'lost' ? catalogue.tile.lost : catalogue.tile.weak}
        </span>
      ) : null}
    </span>
  );
}
