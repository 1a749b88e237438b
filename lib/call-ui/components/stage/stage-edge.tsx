'use client';
import { type PointerEvent, type RefObject, useRef } from 'react';
import { barHeight, sizeAt, sizeByKey } from '../../stage/dock-size';
import type { DockEdge } from '../../view-models';
import { useWords } from '../../words/use-words';
import style from './stage-edge.module.css';

/** The edge between the call and the messages: dragged, or moved with the arrow keys, Home, End and Enter. */
export function StageEdge({ edge, surface }: { edge: DockEdge; surface: RefObject<HTMLElement | null> }) {
  const { height, size, range, setSize } = edge;
  const { bar } = useWords();
  const sizes = { bar: bar.edgeBar, half: bar.edgeHalf };
  const isDragged = useRef(false);

  /** While it is dragged, the height follows the pointer without React: every frame counts. */
  function drag(down: PointerEvent<HTMLElement>) {
    const dock = surface.current;
    if (!dock || down.button !== 0 || isDragged.current) return;
    isDragged.current = true;
    const handle = down.currentTarget;
    handle.setPointerCapture(down.pointerId);
    const heightAt = (event: globalThis.PointerEvent) => height + event.clientY - down.clientY;
    const onMove = (event: globalThis.PointerEvent) => {
      dock.style.height = `${Math.min(Math.max(heightAt(event), barHeight), range.most)}px`;
    };
    const end = (event: globalThis.PointerEvent) => {
      isDragged.current = false;
      handle.removeEventListener('pointermove', onMove);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
      dock.style.height = `${height}px`;
      if (event.type === 'pointerup' && event.clientY !== down.clientY)
        setSize(sizeAt(heightAt(event), range));
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved has no element of its own
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label={bar.edge}
      aria-valuemin={barHeight}
      aria-valuemax={Math.max(range.most, barHeight)}
      aria-valuenow={height}
      aria-valuetext={typeof size === 'string' ? sizes[size] : bar.edgePixels({ count: height })}
      tabIndex={0}
      className={style.edge}
      onPointerDown={drag}
      onDoubleClick={() => setSize('half')}
      onKeyDown={(event) => {
        const next = sizeByKey(event.key, size, range);
        if (next === null) return;
        event.preventDefault();
        setSize(next);
      }}
    >
      <span className={style.pill} />
    </div>
  );
}
