/** Below and above: two runs of the same thing may differ by this much, or the machine is too busy to measure on. */
const sameWithin = [0.9, 1.1];

/**
 * The middle of these numbers; of an even count the mean of the two in the middle.
 * @param {readonly number[]} values at least one
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = Number.NaN, above = below] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (below + above) / 2;
}

/**
 * The value that 99 of 100 do not exceed.
 * @param {readonly number[]} values
 */
export function p99(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}

/**
 * The median of these paired ratios with its 95 % interval, from the medians of 2,000 samples drawn from them with
 * replacement (the percentile bootstrap). The same ratios always give the same interval.
 * @param {readonly number[]} ratios ours divided by the floor, a pair each
 * @returns {{ median: number, low: number, high: number }}
 */
export function ratioOf(ratios) {
  const random = seeded();
  const medians = Array.from({ length: 2000 }, () =>
    median(ratios.map(() => ratios[Math.floor(random() * ratios.length)] ?? 0)),
  ).sort((a, b) => a - b);
  return { median: median(ratios), low: medians[50] ?? Number.NaN, high: medians[1949] ?? Number.NaN };
}

/**
 * Whether a run says nothing, because the floor differs from itself.
 * @param {readonly number[]} ratios of the floor to itself
 */
export function isVoid(ratios) {
  const [low = 0, high = 0] = sameWithin;
  const same = median(ratios);
  return !(same >= low && same <= high);
}

/**
 * Numbers from 0 to 1, the same in every run for the same seed (the generator of Numerical Recipes).
 * @param {number} [seed] a whole number; neighbours begin far from each other
 */
export function seeded(seed = 0) {
  let state = Math.imul(seed, 0x9e37_79b1) + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
