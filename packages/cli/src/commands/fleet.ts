/** `hatchery fleet …`. */
import type { FleetV2, Hatchery, NodeShapeV2, NodeV1 } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'
import { pick } from '../ids.ts'
import type { Cell, Column } from '../output/columns.ts'

const columns: readonly Column<FleetV2>[] = [
  { name: 'fleet', of: ({ fleetId }) => ({ id: fleetId }) },
  { name: 'name', of: ({ name }) => name },
  { name: 'shape', of: ({ nodeShapeId }) => nodeShapeId },
  { name: 'scale up at', of: (fleet) => scaleUpText(fleet) },
]

const shapeColumns: readonly Column<NodeShapeV2>[] = [
  { name: 'shape', of: ({ nodeShapeId }) => nodeShapeId },
  { name: 'cpu', of: ({ minCPU }) => minCPU },
  { name: 'memory', of: ({ minMemoryMB }) => `${minMemoryMB} MB` },
  { name: 'gpu', of: ({ minGPU }) => minGPU },
  { name: 'family', of: ({ familyName }) => familyName },
  { name: 'name', of: ({ name }) => name },
]

export async function listFleets({ client, out }: Context): Promise<void> {
  const { fleets } = await (await client()).fleetsV2.getFleets()
  out.list(fleets, { columns, id: ({ fleetId }) => fleetId, empty: 'no fleet' })
}

export async function listShapes({ client, out }: Context): Promise<void> {
  const shapes = await (await client()).fleetsV2.getNodeShapes()
  out.list(shapes, { columns: shapeColumns, id: (shape) => shape.nodeShapeId, empty: 'no shape' })
}

export async function getFleet(
  context: Context,
  { words, flags }: Input<{ region: string | undefined }>,
): Promise<void> {
  const client = await context.client()
  const fleet = await findFleet(client, words[0] ?? '')
  const { fleetId } = fleet
  const { region } = flags
  const nodes = await client.nodesV1.listProvisionedNodes(fleetId, undefined, region)
  const wish = region === undefined ? {} : await client.fleetsV2.getFleetRegion(fleetId, region)
  const rows: [string, Cell][] = [
    ...rowsOf(fleet),
    ...('nodeBaseline' in wish ? [['machines wished', wish.nodeBaseline] as [string, Cell]] : []),
    ...nodes.map((node): [string, Cell] => [`machine ${node.nodeId}`, nodeText(node)]),
  ]
  context.out.value({ ...fleet, ...wish, nodes }, { id: fleetId, rows })
}

interface KindFlags {
  readonly shape: string | undefined
  readonly 'scale-up-at': number | undefined
}

/** Without `--shape` the first that the server lists: the smallest of those that are here. */
export async function createFleet(
  context: Context,
  { words: [name = ''], flags }: Input<KindFlags>,
): Promise<void> {
  const client = await context.client()
  const nodeShapeId =
    flags.shape === undefined
      ? (await client.fleetsV2.getNodeShapes())[0]?.nodeShapeId
      : shapeIdOf(flags.shape)
  if (nodeShapeId === undefined) throw usageFailure('--shape is missing', 'hatchery fleet shapes')
  const autoscalerConfig = { scaleUpThreshold: flags['scale-up-at'] ?? never }
  const fleet = await client.fleetsV2.createFleet({ name, nodeShapeId, autoscalerConfig })
  context.out.value(fleet, { id: fleet.fleetId, rows: rowsOf(fleet) })
}

export async function updateFleet(
  context: Context,
  { words, flags }: Input<KindFlags & { name: string | undefined }>,
): Promise<void> {
  const client = await context.client()
  const { fleetId, name, autoscalerConfig } = await findFleet(client, words[0] ?? '')
  const before = autoscalerConfig?.scaleUpThreshold ?? never
  await client.fleetsV2.updateFleet(fleetId, {
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.shape !== undefined && { nodeShapeId: shapeIdOf(flags.shape) }),
    autoscalerConfig: { scaleUpThreshold: flags['scale-up-at'] ?? before },
  })
  context.out.did(`changed ${flags.name ?? name}`, { ids: [fleetId], json: { fleetId } })
}

export async function scaleFleet(
  context: Context,
  { words, flags }: Input<{ region: string | undefined; nodes: number | undefined }>,
): Promise<void> {
  const { region, nodes } = flags
  if (region === undefined || nodes === undefined)
    throw usageFailure('--region and --nodes are needed', 'hatchery fleet scale -h')
  const client = await context.client()
  const { fleetId, name } = await findFleet(client, words[0] ?? '')
  await client.fleetsV2.updateFleetRegion(fleetId, region, { nodeBaseline: nodes })
  context.out.did(`${name} is meant to have ${nodes} machines in ${region}`, {
    ...{ ids: [fleetId], json: { fleetId, region, nodeBaseline: nodes } },
  })
}

/** By its name, its id or the beginning of it. */
export async function findFleet(client: Hatchery, word: string): Promise<FleetV2> {
  const { fleets } = await client.fleetsV2.getFleets()
  const candidates = fleets.map((fleet) => ({
    ...{ id: fleet.fleetId, names: [fleet.name], label: fleet.name, fleet },
  }))
  return pick(word, candidates, { noun: 'fleet', list: 'hatchery fleet list' }).fleet
}

/** With the id of the fleet in place of its name. */
export async function withFleetId<F extends { readonly fleet: string | undefined }>(
  client: Hatchery,
  flags: F,
): Promise<F> {
  if (flags.fleet === undefined) return flags
  return { ...flags, fleet: (await findFleet(client, flags.fleet)).fleetId }
}

/** `scaleUpThreshold` that turns it off. */
const never = 100

/** The older names of shapes without GPUs are known too: `cpu-8-16`. */
const shapeIdOf = (shape: string): FleetV2['nodeShapeId'] => shape.replace(/^cpu-/, 'shape-amd64-') // the server says which it knows

const scaleUpText = ({ autoscalerConfig }: FleetV2): string => {
  const percent = autoscalerConfig?.scaleUpThreshold ?? never
  return percent === never ? 'never' : `${percent} %`
}

const rowsOf = (fleet: FleetV2): [string, Cell][] => [
  ['fleet', fleet.fleetId],
  ['name', fleet.name],
  ['shape', fleet.nodeShapeId],
  ['scale up at', scaleUpText(fleet)],
]

const nodeText = ({ status, hosting, region, cpu, memoryMb, host }: NodeV1): string =>
  `${status}, ${hosting === 'metal' ? 'its own' : 'shared'}, ${region}, ${cpu} CPU, ${memoryMb} MB, ${host}`
