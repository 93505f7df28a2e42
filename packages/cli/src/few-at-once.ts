/** How many requests of one command are under way at once. */
const atOnce = 8

/** The results in the order of the values, with a few at work at once. Rejects with the first failure. */
export async function fewAtOnce<Value, Result>(
  values: readonly Value[],
  work: (value: Value) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < values.length; from += atOnce)
    results.push(...(await Promise.all(values.slice(from, from + atOnce).map(work))))
  return results
}
