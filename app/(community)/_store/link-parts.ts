import { LinkifyIt, REBuilder } from 'linkify-it';

export type TextPart = { text: string; href: string | null };

/** Controls of the bidirectional algorithm: inside an address they show another one than it leads to. */
const bidiControls = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

/** Where addresses begin and end, where linkify-it's own rules are made for text with spaces between its words. */
class Boundaries extends REBuilder {
  override get_text_separators() {
    this.cache.text_separators ??= new RegExp(`[><"\\uff5c${bidiControls}]`);
    return this.cache.text_separators;
  }
  /** An address may follow a letter of a script without spaces ("看https://…"), not one of its own. */
  override get_schema_search() {
    this.cache.schema_search ??= new RegExp(`((?<![a-z0-9_@]))(${this.get_schema_names().source})`, 'ig');
    return this.cache.schema_search;
  }
}

const finder = new LinkifyIt({ rebuilder: new Boundaries(), fuzzyEmail: false, urlAuth: true })
  .add('ftp:', null)
  .add('mailto:', null)
  .add('//', null)
  .add('www.', {
    validate: (text, position, { re }) => {
      const address = re.get_http_validator();
      address.lastIndex = 0;
      const found = address.exec(`//www.${text.slice(position)}`)?.[0] ?? '';
      // A name of at least two parts follows: "www.example" is a word.
      return /^\/\/www\.[^./?#]+\.[^./?#]/.test(found) ? found.length - '//www.'.length : 0;
    },
    normalize: (match) => {
      match.url = `https://${match.raw}`;
    },
  });

/** Splits a message into plain words and http(s) links; nothing else becomes clickable. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { index, raw, url } of finder.match(text) ?? []) {
    // linkify-it takes a quoted part of a path into the address; a quote ends it here.
    const [address = ''] = raw.split('"');
    const href = safeHref(url.slice(0, url.length - (raw.length - address.length)));
    if (!href) continue;
    if (index > done) parts.push({ text: text.slice(done, index), href: null });
    parts.push({ text: address, href });
    done = index + address.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), href: null });
  return parts;
}

/** The address to go to, or null: for another scheme, and for a user name before the host, which only misleads. */
function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, username, password, href } = new URL(address);
  const isWeb = (protocol === 'https:' || protocol === 'http:') && hostname !== '';
  return isWeb && username === '' && password === '' ? href : null;
}
