import { CallButton } from '@parley/call-kit';

/** Stays in its corner of a profile whatever scrolls; the round look has its words as name and tooltip. */
export function FloatingCall({ userId }: { userId: string }) {
  return (
    <div style={{ position: 'fixed', insetInlineEnd: 24, bottom: 24, zIndex: 10 }}>
      <CallButton target={{ userId }} look="icon" />
    </div>
  );
}
