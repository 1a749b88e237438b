import { hueAt } from '@parley/call-protocol';

/** The colour of a group, for its views; nothing where there is no number: only groups have one. */
export const groupHue = (groupNumber: number | null): { hue?: number } =>
  groupNumber === null ? {} : { hue: hueAt(groupNumber) };
