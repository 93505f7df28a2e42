/** `hatchery node …` and `hatchery region list`. */
import type { NodeShare, NodeView, RegionView } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { pick } from '../ids.ts'
import type { Column } from '../output/columns.ts'

const columns: readonly Column<NodeView>[] = [
  { name: 'node', of: ({ nodeId }) => nodeId },
  { name: 'status', of: ({ status }) => status },
  { name: 'processes', of: ({ processes }) => processes },
  { name: 'cpu', of: ({ cpu }) => share(cpu) },
  { name: 'memory', of: ({ memoryMb }) => `${share(memoryMb)} MB` },
  { name: 'host', of: ({ publicHost }) => publicHost },
  { name: 'fleet', of: ({ fleet }) => fleet ?? 'all' },
  { name: 'driver', of: ({ driver }) => driver },
  { name: 'regions', of: ({ regions }) => regions.join(', ') },
]

const regionColumns: readonly Column<RegionView>[] = [
  { name: 'region', of: ({ region }) => region },
  { name: 'nodes', of: ({ nodeIds }) => nodeIds.join(', ') },
  { name: 'spillover', of: ({ spillover }) => spillover.join(', ') },
]

export async function listNodes({ client, out }: Context): Promise<void> {
  const nodes = await (await client()).hatchery.getNodes()
  out.list(nodes, { columns, id: ({ nodeId }) => nodeId, empty: 'no machine' })
}

export async function listRegions({ client, out }: Context): Promise<void> {
  const regions = await (await client()).hatchery.getRegions()
  out.list(regions, { columns: regionColumns, id: ({ region }) => region, empty: 'no region' })
}

export async function drainNode(context: Context, { words }: Input): Promise<void> {
  const nodeId = await nodeIdOf(context, words[0])
  await (await context.client()).hatchery.drainNode(nodeId)
  context.out.did(`${nodeId} takes nothing new; what runs there ends with its last room`, {
    ids: [nodeId],
    json: { nodeId },
  })
}

export async function resumeNode(context: Context, { words }: Input): Promise<void> {
  const nodeId = await nodeIdOf(context, words[0])
  await (await context.client()).hatchery.resumeNode(nodeId)
  context.out.did(`${nodeId} takes new processes again`, { ids: [nodeId], json: { nodeId } })
}

async function nodeIdOf(context: Context, word = ''): Promise<string> {
  const nodes = await (await context.client()).hatchery.getNodes()
  const candidates = nodes.map(({ nodeId, publicHost }) => ({ id: nodeId, label: publicHost }))
  return pick(word, candidates, { noun: 'node', list: 'hatchery node list' }).id
}

const share = ({ requested, capacity }: NodeShare): string =>
  capacity === null ? String(requested) : `${requested}/${capacity}`
