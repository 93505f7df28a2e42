/** `hatchery ps` and `hatchery process list`. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { aliveStatuses, firstOf } from '../latest-processes.ts'
import { processColumns } from '../process-columns.ts'
import { processRows } from '../process-rows.ts'

export interface PsFlags {
  readonly all: boolean
  readonly status: readonly string[]
  readonly region: readonly string[]
}

/** How many are shown unless --limit says otherwise. */
const usualLimit = 100
/** For so long a process that failed is shown among those that are there. */
const recentMs = 600_000

export async function ps(
  context: Context,
  { flags }: Input<PsFlags & { watch: boolean }>,
): Promise<void> {
  if (flags.watch)
    return await (await import('../watch-processes.ts')).watchProcesses(context, flags)
  await showProcesses(context, flags)
}

export const listProcesses = (
  context: Context,
  { flags }: Input<Omit<PsFlags, 'all'>>,
): Promise<void> => showProcesses(context, { ...flags, all: true })

async function showProcesses(context: Context, flags: PsFlags): Promise<void> {
  const { client, appId, out, now } = context
  const api = await client()
  const app = await appId()
  const { taken, more } = await matching(api, app, { flags, context })
  const withUsage = out.format === 'text'
  const rows = await processRows(api, taken, { appId: app, now: now(), withUsage })
  out.list(rows, {
    columns: processColumns,
    id: ({ process }) => process.processId,
    json: ({ process }) => process,
    empty: emptyText(flags),
  })
  if (more) out.say(`only the newest ${taken.length} are shown; --limit 0 shows all`)
}

export async function matching(
  client: Hatchery,
  appId: string,
  { flags, context }: { flags: PsFlags; context: Context },
): Promise<{ taken: ProcessV3[]; more: boolean }> {
  const { all, status, region } = flags
  const limit = context.flags.limit ?? usualLimit
  if (all || status.length > 0)
    return await firstOf(client.latestProcesses({ appId, status, region }), limit)
  const alive = await firstOf(
    client.latestProcesses({ appId, status: aliveStatuses, region }),
    limit,
  )
  const failed = await recentFailures(client, appId, { region, since: context.now() - recentMs })
  const taken = [...alive.taken, ...failed].toSorted((a, b) => +b.createdAt - +a.createdAt)
  return { taken, more: alive.more }
}

async function recentFailures(
  client: Hatchery,
  appId: string,
  { region, since }: { region: readonly string[]; since: number },
): Promise<ProcessV3[]> {
  const { taken } = await firstOf(client.latestProcesses({ appId, status: ['failed'], region }), 10)
  return taken.filter(({ terminatedAt }) => terminatedAt !== null && +terminatedAt >= since)
}

const emptyText = ({ all, status }: PsFlags): string =>
  all || status.length > 0
    ? 'no process matches; start one: hatchery process create'
    : 'no process is running; start one: hatchery process create   (ended ones: hatchery ps --all)'
