import { createElement, Fragment, type ReactNode } from 'react';

const firstSlot = 0xe000;
const anySlot = /([\uE000-\uE0FF])/;

/** Stands in a message's parameter for an element that `Filled` puts there. */
export const slot = (index: number): string => String.fromCharCode(firstSlot + index);

/**
 * A sentence with elements in it. Each stands where the language wants it.
 *
 * @example
 * <Filled text={t('operator.createdBy', { name: slot(0) })} parts={[<Name key="name">{name}</Name>]} />
 */
export function Filled({ text, parts }: { text: string; parts: readonly ReactNode[] }) {
  const pieces = text
    .split(anySlot)
    .map((piece) => (anySlot.test(piece) ? parts[piece.charCodeAt(0) - firstSlot] : piece));
  return createElement(Fragment, null, ...pieces);
}
