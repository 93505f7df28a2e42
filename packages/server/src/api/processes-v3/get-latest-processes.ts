import { type Handler, RawJson } from '../context.ts'
import { latestPage } from './latest-page.ts'

/** The records are kept serialised: a page is their bytes joined. */
export const getLatestProcesses: Handler<'GetLatestProcesses'> = async (
  { params, query },
  context,
) => new RawJson(`[${(await latestPage(context, params.appId, query)).join(',')}]`)
