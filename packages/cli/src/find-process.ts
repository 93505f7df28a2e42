/** The processes that a command is about: by the beginnings of their ids, by --latest or --failed, or asked for. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import type { Context } from './context.ts'
import { fewAtOnce } from './few-at-once.ts'
import { Failure, usageFailure } from './failure.ts'
import { type Candidate, type Naming, pick } from './ids.ts'
import { isNotFound } from './not-found.ts'
import { once } from './once.ts'
import { aliveStatuses, firstOf } from './latest-processes.ts'

export interface ProcessChoice {
  readonly words: readonly string[]
  /** The newest one. */
  readonly latest?: boolean
  /** The newest one that failed. */
  readonly failed?: boolean
}

const naming: Naming = { noun: 'process', list: 'hatchery ps' }
const wholeId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** How many of the newest are looked through for the beginning of an id. */
const lookedThrough = 2000

/** At least one, none twice. Throws a Failure where none or several are meant by a word. */
export async function findProcesses(context: Context, choice: ProcessChoice): Promise<ProcessV3[]> {
  const { words, latest = false, failed = false } = choice
  if (words.length === 0) return [await withoutId(context, { latest, failed })]
  const client = await context.client()
  const appIds = await searchedApps(context, client)
  const candidates = once(() => candidatesOf(client, appIds))
  const found = await fewAtOnce(words, async (word) =>
    wholeId.test(word)
      ? await findWhole(client, appIds, word)
      : pick(word, await candidates(), naming).process,
  )
  return [...new Map(found.map((process) => [process.processId, process])).values()]
}

export async function findProcess(context: Context, choice: ProcessChoice): Promise<ProcessV3> {
  const [process] = await findProcesses(context, choice)
  if (process === undefined) throw new Failure('there is no process', { exitCode: 3 })
  return process
}

/** Where no application is named, an id is looked for in all. */
async function searchedApps(context: Context, client: Hatchery): Promise<string[]> {
  if (context.namedApp() !== undefined) return [await context.appId()]
  const { applications } = await client.appsV2.getApps()
  return applications.map(({ appId }) => appId)
}

interface ProcessCandidate extends Candidate {
  readonly process: ProcessV3
}

async function candidatesOf(
  client: Hatchery,
  appIds: readonly string[],
): Promise<ProcessCandidate[]> {
  const lists = await fewAtOnce(appIds, (appId) =>
    firstOf(client.latestProcesses({ appId }), lookedThrough),
  )
  return lists
    .flatMap(({ taken }) => taken)
    .map((process) => ({
      ...{ id: process.processId, label: `${process.status}  ${process.region}`, process },
    }))
}

async function findWhole(
  client: Hatchery,
  appIds: readonly string[],
  processId: string,
): Promise<ProcessV3> {
  for (const appId of appIds) {
    try {
      return await client.processesV3.getProcess(processId, appId)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }
  throw new Failure(`there is no process ${processId}`, {
    ...{ attempt: 'hatchery ps', exitCode: 3, code: 'not-found' },
  })
}

async function withoutId(
  context: Context,
  { latest, failed }: { latest: boolean; failed: boolean },
): Promise<ProcessV3> {
  if (!latest && !failed && !context.ask.possible)
    throw usageFailure('ID is missing: name a process, or say --latest or --failed', 'hatchery ps')
  const client = await context.client()
  const status = failed ? ['failed'] : latest ? [] : [...aliveStatuses]
  const all = client.latestProcesses({ appId: await context.appId(), status })
  const { taken } = await firstOf(all, latest || failed ? 1 : 100)
  if (taken.length <= 1) return taken[0] ?? noneThere(failed)
  const processId = await context.ask.choose({
    ...{ message: 'Which process?', missing: 'ID is missing' },
    options: taken.map((process) => ({
      value: process.processId,
      label: `${process.processId}  ${process.status}  ${process.region}`,
    })),
  })
  return taken.find((process) => process.processId === processId) ?? noneThere(failed)
}

function noneThere(failed: boolean): never {
  throw new Failure(failed ? 'no process has failed' : 'there is no process', {
    ...{ attempt: 'hatchery ps', exitCode: 3, code: 'not-found' },
  })
}
