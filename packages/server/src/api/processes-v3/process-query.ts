/** The filters that the list and the count of processes share. */
import { HatcheryError, type ProcessStatus } from '@hatchery/contract'
import type { ProcessQuery } from '../../domain/store.ts'
import type { Auth } from '../auth.ts'
import type { Services } from '../context.ts'
import { getApplication, assertRegion } from '../find.ts'
import { instantOf } from '../times.ts'

export interface Filters {
  readonly before?: number | undefined
  readonly region?: readonly string[] | undefined
  readonly status?: readonly ProcessStatus[] | undefined
}

export async function processQuery(
  asker: { services: Services; auth: Auth },
  appId: string,
  filters: Filters,
): Promise<ProcessQuery> {
  const application = await getApplication(asker, appId)
  const regions = [...new Set(filters.region)]
  for (const region of regions) assertRegion(asker, region)
  return {
    appId: application.appId,
    statuses: [...new Set(filters.status)],
    regions,
    before: filters.before === undefined ? null : instantOf(filters.before),
  }
}

/** The cursor that a caller sends back: what `Hatchery-Next` said. */
export function readCursor(text: string | undefined): number | null {
  if (text === undefined) return null
  const cursor = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(cursor)) return cursor
  throw new HatcheryError(
    'invalid',
    'the header hatchery-cursor must be what an answer gave as hatchery-next',
  )
}
