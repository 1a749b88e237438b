import { createElement, Fragment, type ReactNode } from 'react';

/** Stands for a part while a sentence is put together; no person's words hold it. */
const mark = '\uE000';

/**
 * A sentence with elements in the places of its placeholders: the language decides their order.
 *
 * @example
 * withParts(words.incoming.inGroup, { group: <bdi>{title}</bdi> })
 */
export function withParts<Name extends string>(
  say: (values: Record<Name, string>) => string,
  parts: Record<Name, ReactNode>,
): ReactNode {
  const names = Object.keys(parts) as Name[];
  const marked = Object.fromEntries(names.map((name) => [name, `${mark}${name}${mark}`])) as Record<
    Name,
    string
  >;
  const pieces = say(marked).split(mark);
  return pieces.map((piece, index) =>
    createElement(Fragment, { key: index }, index % 2 === 0 ? piece : parts[piece as Name]),
  );
}
