import 'server-only';

/** Returns what makes a value at the first use of its key, and returns that one for the same key from then on. */
export function onePerKey<T>(): (key: unknown, make: () => T) => T {
  const made = new Map<unknown, T>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make();
    made.set(key, value);
    return value;
  };
}
