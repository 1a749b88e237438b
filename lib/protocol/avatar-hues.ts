/**
 * The hues of avatars in degrees, in the order in which they are dealt. They stay 26 degrees apart, out of pure red
 * (350–20) and green (100–165), which mean decline and accept. A step of five places on the circle of twelve puts
 * at least 130 degrees between two people who joined after each other, and 52 between any two of five in a row.
 */
export const avatarHues: readonly number[] = [47, 218, 348, 166, 296, 73, 244, 21, 192, 322, 99, 270];

/** The hue at a place of the deal, which begins again after twelve; `place` is a whole number from 0. */
export const hueAt = (place: number): number => avatarHues[place % avatarHues.length] ?? 0;
