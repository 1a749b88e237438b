/** A name as people are ordered and searched by: without case, accents and spaces at its ends. */
export const foldName = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
