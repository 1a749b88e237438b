import { useIsNarrow } from '@parley/call-kit';
import prefabs from '../../lib/call-ui/prefabs/prefabs.module.css';
import { PageAround } from './page-around';
import type { SurfaceScene } from './surface-scenes';

/** The page with what arrives over it, asks, or lies beside a call. */
export function SurfaceFrame({ scene }: { scene: (isNarrow: boolean) => SurfaceScene }) {
  const { over, card, dock, aside, line } = scene(useIsNarrow());
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
