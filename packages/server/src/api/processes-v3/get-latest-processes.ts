import { type Handler, RawJson } from '../context.ts'
import { processQuery, readCursor } from './process-query.ts'

const pageSize = 10

/** The records are kept serialised: a page is their bytes joined. */
export const getLatestProcesses: Handler<'GetLatestProcesses'> = async (
  { params, query },
  context,
) => {
  const filters = await processQuery(context, params.appId, query)
  const cursor = readCursor(context.header('hatchery-cursor'))
  const page = await context.services.store.latestProcesses({ ...filters, limit: pageSize, cursor })
  if (page.next !== null) context.setHeader('hatchery-next', String(page.next))
  return new RawJson(`[${page.records.join(',')}]`)
}
