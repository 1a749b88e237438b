export type TextPart = { text: string; href: string | null };

const candidate = /https?:\/\/[^\s<>"'`]+/gi;

/** Splits what somebody wrote into plain words and http(s) links; nothing else becomes clickable. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(candidate)) {
    const address = withoutTrailing(match[0]);
    const href = safeHref(address);
    if (!href) continue;
    if (match.index > done) parts.push({ text: text.slice(done, match.index), href: null });
    parts.push({ text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

/** A sentence's own punctuation and an unopened bracket do not belong to the address. */
function withoutTrailing(address: string): string {
  let end = address;
  for (;;) {
    const last = end.at(-1) ?? '';
    const isUnopened = last === ')' && count(end, '(') < count(end, ')');
    if (!/[.,;:!?\]}…]/.test(last) && !isUnopened) return end;
    end = end.slice(0, -1);
  }
}

function count(text: string, what: string): number {
  return text.split(what).length - 1;
}

function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '' ? url.href : null;
}
