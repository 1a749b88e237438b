import type { ReactNode } from 'react';
import { linkParts } from '../_store/link-parts';

/** What a person wrote, with its addresses as links. Every part has an element of its own (message-text.tsx). */
export default function LinkedText({ text }: { text: string }): ReactNode {
  return linkParts(text).map((part, index) =>
    part.href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      <a key={index} dir="auto" href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
      <span key={index}>{part.text}</span>
    ),
  );
}
