import type { CallWords } from './ready-words';

const accents: Readonly<Record<string, string>> = {
  ...{
    a: 'á',
    b: 'ƀ',
    c: 'ç',
    d: 'đ',
    e: 'é',
    f: 'ƒ',
    g: 'ğ',
    h: 'ĥ',
    i: 'í',
    j: 'ĵ',
    k: 'ķ',
    l: 'ł',
    m: 'ɱ',
  },
  ...{
    n: 'ñ',
    o: 'ó',
    p: 'þ',
    q: 'ɋ',
    r: 'ř',
    s: 'š',
    t: 'ţ',
    u: 'ú',
    v: 'ṽ',
    w: 'ŵ',
    x: 'ẋ',
    y: 'ý',
    z: 'ž',
  },
  ...{
    A: 'Á',
    B: 'Ɓ',
    C: 'Ç',
    D: 'Đ',
    E: 'É',
    F: 'Ƒ',
    G: 'Ğ',
    H: 'Ĥ',
    I: 'Í',
    J: 'Ĵ',
    K: 'Ķ',
    L: 'Ł',
    M: 'Ṁ',
  },
  ...{
    N: 'Ñ',
    O: 'Ó',
    P: 'Þ',
    Q: 'Ɋ',
    R: 'Ř',
    S: 'Š',
    T: 'Ţ',
    U: 'Ú',
    V: 'Ṽ',
    W: 'Ŵ',
    X: 'Ẋ',
    Y: 'Ý',
    Z: 'Ž',
  },
};

/** By how much other languages are longer than English. */
const growth = 0.45;

/** The same letters with accents. */
export const withAccents = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => accents[letter] ?? letter);

/** One text in the pseudo-language; what stands in single braces is kept. */
export function pseudoText(text: string): string {
  const pieces = text.split(/(\{\w+\})/);
  const accented = pieces.map((piece, index) => (index % 2 === 1 ? piece : withAccents(piece)));
  const letters = pieces.filter((_piece, index) => index % 2 === 0).join('').length;
  // In words, so that lines break as they would.
  const filling = 'ñéţ łóŕ '
    .repeat(letters)
    .slice(0, Math.ceil(letters * growth))
    .trimEnd();
  return `⟦${accented.join('')}${filling && ` ${filling}`}⟧`;
}

const pseudoNode = (node: unknown): unknown => {
  if (typeof node === 'string') return pseudoText(node);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([id, below]) => [id, pseudoNode(below)]));
};

/**
 * A catalogue to test with, made from any other: letters with accents, nearly half longer, between ⟦ and ⟧. What a page
 * shows without them has no words in the catalogue; what is cut off would be cut off in another language.
 *
 * @example
 * <CallProvider {...props} words={pseudoWords(english)} />
 */
export function pseudoWords(catalogue: CallWords): CallWords {
  const { locale, direction, ...words } = catalogue;
  return { ...(pseudoNode(words) as Omit<CallWords, 'locale' | 'direction'>), locale, direction };
}
