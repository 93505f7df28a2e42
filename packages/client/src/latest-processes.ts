/** The processes of an application, newest first, page by page: by the server's cursor, so that none is left out. */
import { reviveDates } from './dates.ts'
import { datesOfProcessV3 } from './generated/date-fields.ts'
import { ResponseValidationError } from './errors.ts'
import type { ProcessStatus, ProcessV3, Region } from './generated/types.ts'
import type { Sender } from './sender.ts'

export interface LatestProcessesOptions {
  /** The client's own when left out. */
  appId?: string | undefined
  /** How many at most; all there are when left out. */
  limit?: number | undefined
  /** Any when left out. */
  status?: readonly ProcessStatus[] | undefined
  /** Any when left out. */
  region?: readonly Region[] | undefined
  /** Ends the iteration. */
  signal?: AbortSignal | undefined
}

const operation = 'GetLatestProcesses'

interface Page {
  readonly processes: readonly ProcessV3[]
  readonly next: string | null
}

/** A page is asked for when the one before was taken. Ends when the signal aborts. */
export async function* latestProcesses(
  sender: Sender,
  { appId, limit = Number.POSITIVE_INFINITY, status, region, signal }: LatestProcessesOptions,
): AsyncGenerator<ProcessV3, void> {
  let left = limit
  let cursor: string | null = null
  do {
    if (left <= 0) return
    const page: Page | void = await pageOf(cursor).catch((error: unknown) => {
      if (!signal?.aborted) throw error
    })
    if (page === undefined) return
    for (const process of page.processes.slice(0, left)) {
      if (signal?.aborted) return
      yield process
    }
    left -= page.processes.length
    cursor = page.next
  } while (cursor !== null)

  async function pageOf(from: string | null): Promise<Page> {
    const path = '/processes/v3/apps/{appId}/processes/latest'
    const response = await sender.raw(
      { ...{ operation, method: 'GET', path }, params: { appId }, query: { status, region } },
      { signal, ...(from !== null && { headers: { 'Hatchery-Cursor': from } }) },
    )
    const body = await response.text()
    return { processes: processesOf(body, response), next: response.headers.get('Hatchery-Next') }
  }
}

function processesOf(body: string, response: Response): ProcessV3[] {
  try {
    return reviveDates(JSON.parse(body), datesOfProcessV3) as ProcessV3[] // the server's promise
  } catch {
    throw new ResponseValidationError(operation, 'the answer is not a list of processes', {
      response,
      body,
    })
  }
}
