/** `hatchery org …`, for operators. */
import type { OrgChange, OrgView } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'
import { pick } from '../ids.ts'
import type { Column } from '../output/columns.ts'

const columns: readonly Column<OrgView>[] = [
  { name: 'organization', of: ({ orgId }) => ({ id: orgId }) },
  { name: 'name', of: ({ name }) => name },
  { name: 'cpus', of: ({ concurrentProcessVcpusLimit: limit }) => limit },
  { name: 'cpu-hours', of: ({ monthlyProcessVcpuHoursLimit: limit }) => limit },
  { name: 'created', of: ({ createdAt }) => ({ age: createdAt }) },
]

export async function listOrgs(context: Context): Promise<void> {
  const { orgs } = await (await context.client()).hatchery.getAllOrgs()
  context.out.list(orgs, {
    columns,
    id: ({ orgId }) => orgId,
    empty: 'no organization', // there is always the first
  })
}

/** The secret is data: it is shown this one time, on stdout. */
export async function createOrg(context: Context, { words: [name = ''] }: Input): Promise<void> {
  const created = await (await context.client()).hatchery.createOrg({ name })
  context.out.value(created, {
    id: created.plainTextToken,
    rows: [
      ['token', created.plainTextToken],
      ['organization', created.org.orgId],
      ['name', created.org.name],
    ],
  })
  context.out.say('the token is shown this one time; it may do everything in the organization')
}

interface UpdateFlags {
  readonly name: string | undefined
  readonly cpus: string | undefined
  readonly 'cpu-hours': string | undefined
}

export async function updateOrg(
  context: Context,
  { words: [word = ''], flags }: Input<UpdateFlags>,
): Promise<void> {
  const change: OrgChange = {
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.cpus !== undefined && { concurrentProcessVcpusLimit: limitOf('cpus', flags.cpus) }),
    ...(flags['cpu-hours'] !== undefined && {
      monthlyProcessVcpuHoursLimit: limitOf('cpu-hours', flags['cpu-hours']),
    }),
  }
  if (Object.keys(change).length === 0)
    throw usageFailure('there is nothing to change: give --name, --cpus or --cpu-hours')
  const client = await context.client()
  const { orgs } = await client.hatchery.getAllOrgs()
  const candidates = orgs.map(({ orgId, name }) => ({ id: orgId, names: [name], label: name }))
  const { id } = pick(word, candidates, { noun: 'organization', list: 'hatchery org list' })
  const changed = await client.hatchery.changeOrg(id, change)
  context.out.did(`changed ${changed.name}`, { ids: [id], json: changed })
}

/** Null lifts it. */
function limitOf(flag: string, text: string): number | null {
  if (text === 'none') return null
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text)
  throw usageFailure(`--${flag} must be a number or none; got "${text}"`)
}
