/** Limits of what people type; counted in UTF-16 units, as `maxlength` of a field counts. */
export const limits = {
  displayName: 60,
  about: 300,
  title: 80,
  message: 4000,
  passwordMin: 8,
  passwordMax: 256,
  groupPeople: 25,
} as const;

/** The most characters of a call's line, as its reader counts them. */
export const callLineCharacters = 80;
