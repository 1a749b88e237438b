import { lazy, type ReactNode, Suspense } from 'react';

/** Finds addresses with linkify-it, which is fetched when the first message that may hold one is shown. */
const LinkedText = lazy(() => import('./linked-text').catch(() => ({ default: PlainText })));
const mayHoldLink = /https?:\/\/|www\./i;

/**
 * What a person wrote. Text that changes has an element of its own here and wherever else it stands beside other
 * nodes: a browser's translation replaces text nodes, and React cannot remove a node that was replaced
 * (https://github.com/facebook/react/issues/11538).
 */
export function MessageText({ text }: { text: string }) {
  if (!mayHoldLink.test(text)) return <PlainText text={text} />;
  return (
    <Suspense fallback={<PlainText text={text} />}>
      <LinkedText text={text} />
    </Suspense>
  );
}

function PlainText({ text }: { text: string }): ReactNode {
  return <span>{text}</span>;
}
