/** The page of newest processes that the lists of every version answer. */
import type { ProcessV3 } from '@hatchery/contract'
import type { Auth } from '../auth.ts'
import type { Context } from '../context.ts'
import { type Filters, processQuery, readCursor } from './process-query.ts'

const pageSize = 10

/** The records as they are kept, serialised. Begins where the caller's header says, and names the next page in one. */
export async function latestPage(
  context: Context & { readonly auth: Auth },
  appId: string,
  given: Filters,
): Promise<string[]> {
  const filters = await processQuery(context, appId, given)
  const cursor = readCursor(context.header('hatchery-cursor'))
  const page = await context.services.store.latestProcesses({ ...filters, limit: pageSize, cursor })
  if (page.next !== null) context.setHeader('hatchery-next', String(page.next))
  return page.records
}

/** The same records, read, for versions that show them in another way. */
export async function latestRecords(
  context: Context & { readonly auth: Auth },
  appId: string,
  given: Filters,
): Promise<ProcessV3[]> {
  const page = await latestPage(context, appId, given)
  return page.map((record) => JSON.parse(record) as ProcessV3) // as the store keeps them
}
