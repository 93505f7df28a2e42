/** The processes of an application, newest first, page by page: by the server's cursor, so that none is left out. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'

export interface ProcessFilter {
  readonly status?: readonly string[] | undefined
  readonly region?: readonly string[] | undefined
}

export const aliveStatuses = ['starting', 'running', 'draining', 'stopping'] as const

export async function* latestProcesses(
  client: Hatchery,
  appId: string,
  { status = [], region = [] }: ProcessFilter = {},
): AsyncGenerator<ProcessV3> {
  let cursor: string | null = null
  do {
    const answer: Response = await client.request(
      'GET',
      `/processes/v3/apps/${encodeURIComponent(appId)}/processes/latest`,
      {
        query: { status, region },
        ...(cursor !== null && { headers: { 'Hatchery-Cursor': cursor } }),
      },
    )
    cursor = answer.headers.get('Hatchery-Next')
    for (const process of (await answer.json()) as ProcessV3[]) yield withDates(process)
  } while (cursor !== null)
}

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

const dateFields = [
  'createdAt',
  'scheduledAt',
  'bootedAt',
  'startedAt',
  'stoppingAt',
  'terminatedAt',
] as const

/** The raw answer has times as text. */
function withDates(process: ProcessV3): ProcessV3 {
  const dates = dateFields.map((name) => {
    const value: unknown = process[name]
    return [name, typeof value === 'string' ? new Date(value) : null]
  })
  return { ...process, ...(Object.fromEntries(dates) as Partial<ProcessV3>) }
}
