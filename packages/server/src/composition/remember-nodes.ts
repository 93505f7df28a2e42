/**
 * Keeps what nodes are beside the data, so that processes on one that the settings do not name any more are still looked
 * after: after `--docker` was added or taken away, what runs goes on until it ends.
 */
import { existsSync, readFileSync } from 'node:fs'
import { type NodeSettings, nodesIn, usualNodes } from '../config/nodes.ts'
import type { Settings } from '../config/schema.ts'
import type { Log } from '../domain/log.ts'
import type { Store } from '../domain/store.ts'
import { type DataFolder, replaceWithRoom } from './data-folder.ts'

export interface RememberingParts {
  readonly folder: Pick<DataFolder, 'nodesFile'>
  readonly config: Settings
  readonly store: Pick<Store, 'listByStatus'>
  readonly log: Log
}

const unfinished = ['starting', 'running', 'draining', 'stopping'] as const

/** Writes down the nodes of the settings before anything runs on them. Answers those of earlier settings that are in use. */
export async function rememberNodes(parts: RememberingParts): Promise<NodeSettings[]> {
  const { folder, config, store, log } = parts
  const nodes = nodesIn(config)
  const named = new Set(nodes.map(({ name }) => name))
  const processes = await store.listByStatus(unfinished)
  const counts = Map.groupBy(processes, ({ nodeId }) => nodeId)
  const former = knownNodes(parts).filter(({ name }) => !named.has(name) && counts.has(name))
  replaceWithRoom(folder.nodesFile, `${JSON.stringify([...nodes, ...former], null, 2)}\n`)
  for (const { name } of former) {
    const count = counts.get(name)?.length ?? 0
    log.warn(
      { event: 'node.former', nodeId: name, processes: count },
      'a node that the settings do not name any more is looked after until its processes have ended',
    )
  }
  return former
}

/** By name, the latest that is known of each. */
function knownNodes({ folder, config }: RememberingParts): NodeSettings[] {
  const written = existsSync(folder.nodesFile)
    ? (JSON.parse(readFileSync(folder.nodesFile, 'utf8')) as NodeSettings[]) // written by us
    : []
  const all = [...usualNodes(config), ...written]
  return [...new Map(all.map((node) => [node.name, node])).values()]
}
