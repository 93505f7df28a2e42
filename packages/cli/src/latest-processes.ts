/** The first of a list that comes page by page, and which processes are alive. */

export const aliveStatuses = ['starting', 'running', 'draining', 'stopping'] as const

/** At most `limit` of them; 0 for all. */
export async function firstOf<Value>(
  values: AsyncIterable<Value>,
  limit: number,
): Promise<{ taken: Value[]; more: boolean }> {
  const taken: Value[] = []
  for await (const value of values) {
    if (limit !== 0 && taken.length === limit) return { taken, more: true }
    taken.push(value)
  }
  return { taken, more: false }
}
