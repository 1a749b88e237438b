import { useLayoutEffect, useRef, useState } from 'react';
import css from './shell.module.css';

type SheetProps = {
  /** The window of the scene; left out: all the room there is. */
  box: { width: number; height: number } | undefined;
  name: string;
  src: string;
};

/** The scene in a window of its own, as large as there is room for, so that queries of its width are true. */
export function Sheet({ box, name, src }: SheetProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = sheet.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => entry && setRoom(entry.contentRect));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { width, height } = box ?? room;
  const scale = Math.min(1, room.width / width, room.height / height) || 1;
  return (
    <div ref={sheet} className={css.sheet}>
      <div style={{ width: width * scale, height: height * scale }}>
        <iframe title={`Scene ${name}`} src={src} style={{ width, height, transform: `scale(${scale})` }} />
      </div>
    </div>
  );
}
