import type { ConnectionQuality } from '../view-models';
import type { Words } from '../words/ready-words';
import style from './quality-bars.module.css';

const lit = { excellent: 3, good: 3, weak: 1, lost: 0, unknown: 0 } as const;

/** Three bars for a participant's connection quality; the words stand beside them. */
export function QualityBars({ quality }: { quality: ConnectionQuality }) {
  return (
    <span className={style.bars} aria-hidden="true">
      {[1, 2, 3].map((bar) => (
        <i key={bar} className={style.bar} data-lit={bar <= lit[quality] || undefined} />
      ))}
    </span>
  );
}

/** The words beside the bars; '' while the quality is unknown. */
export function qualityText({ bar }: Words, quality: ConnectionQuality): string {
  if (quality === 'unknown') return '';
  return quality === 'weak' || quality === 'lost' ? bar[quality] : bar.good;
}
