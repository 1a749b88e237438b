import { useIsNarrow, useWords } from '@parley/call-kit';
import type { Words } from '@parley/call-kit/words';
import prefabs from '@/lib/call-ui/prefabs/prefabs.module.css';
import { PageAround } from './page-around';
import css from './scene-frame.module.css';
import type { SurfaceScene } from './surface-scenes';

/** The page with what arrives over it, asks, or lies beside a call; or a part without a page around it. */
export function SurfaceFrame({ scene }: { scene: (isNarrow: boolean, words: Words) => SurfaceScene }) {
  const { over, card, dock, aside, line, alone, shape } = scene(useIsNarrow(), useWords());
  if (alone)
    return (
      <div className={css.alone} data-surface data-alone>
        {shape ? <div className={css[shape]}>{alone}</div> : alone}
      </div>
    );
  return (
    <>
      <PageAround title="Bob" aside={aside} lines={line}>
        {dock}
      </PageAround>
      <div className={prefabs.arriving} data-surface>
        {over}
        <div className={prefabs.cards}>{card}</div>
      </div>
    </>
  );
}
