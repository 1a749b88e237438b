/**
 * The hues of avatars in degrees, in the order in which they are dealt. They stay out of pure red (350–20) and of green
 * and what looks like it (80–165), which mean decline and accept. Chosen so that the fills of both themes are equally
 * different to the eye (OKLab): at the same angle two oranges look more different than two violets. The order puts
 * clearly different ones next to each other, and among any five in a row.
 */
export const avatarHues: readonly number[] = [49, 222, 21, 193, 305, 80, 236, 35, 207, 347, 172, 269];

/** The hue at a place of the deal, which begins again after twelve; `place` is a whole number from 0. */
export const hueAt = (place: number): number => avatarHues[place % avatarHues.length] ?? 0;
