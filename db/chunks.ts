/** SQLite binds at most 32,766 values in one statement; a statement may bind a list twice, and other values. */
const chunkSize = 10_000;

/**
 * Runs a query for a list of any length: once for each part that fits into one statement.
 *
 * @param values bound by the query; an empty list runs no query
 * @returns the rows of all parts, in the order of the parts
 */
export async function inChunks<T, R>(
  values: readonly T[],
  query: (chunk: T[]) => PromiseLike<readonly R[]>,
): Promise<R[]> {
  const rows: R[] = [];
  for (let at = 0; at < values.length; at += chunkSize) {
    for (const row of await query(values.slice(at, at + chunkSize))) rows.push(row);
  }
  return rows;
}
