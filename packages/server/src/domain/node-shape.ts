/**
 * Sizes of machines. The older version of the API names more of them than the newer one; what only it has shows in the
 * newer one as the nearest of its family.
 */
import type { NodeFamilyId, NodeShape, NodeShapeId, NodeShapeV2 } from '@hatchery/contract'

/** What a machine of a shape has. */
interface Size {
  readonly id: NodeShapeId
  readonly cpu: number
  readonly memoryGb: number
  readonly gpu: number
}

const size = (id: NodeShapeId, cpu: number, memoryGb: number, gpu = 0): Size => ({
  ...{ id, cpu, memoryGb, gpu },
})

/** Of several with one id the first is the one that the newer version means. */
const sizes = {
  'cpu-4-8': size('shape-amd64-4-8', 4, 8),
  'cpu-8-16': size('shape-amd64-8-16', 8, 16),
  'cpu-16-32': size('shape-amd64-16-32', 16, 32),
  'cpu-32-64': size('shape-amd64-32-64', 32, 64),
  'cpu-64-128': size('shape-amd64-64-128', 64, 128),
  'cpu-4-16': size('shape-amd64-4-16', 4, 16),
  'cpu-8-32': size('shape-amd64-8-32', 8, 32),
  'cpu-16-64': size('shape-amd64-16-64', 16, 64),
  'cpu-32-128': size('shape-amd64-32-128', 32, 128),
  'gpu-l4-1-4-16': size('shape-l4-1-4', 4, 16, 1),
  'gpu-l4-1-12-48': size('shape-l4-1', 12, 48, 1),
  'gpu-l4-2-24-96': size('shape-l4-2', 24, 96, 2),
  'gpu-l4-4-48-192': size('shape-l4-4', 48, 192, 4),
  'gpu-l4-8-96-384': size('shape-l4-8', 96, 384, 8),
  'gpu-h100-1-28-180': size('shape-h100pcie-1', 28, 180, 1),
  'gpu-h100-2-60-360': size('shape-h100pcie-2', 60, 360, 2),
  'gpu-h100-4-124-720': size('shape-h100pcie-4', 124, 720, 4),
  'gpu-h100-8-252-1440': size('shape-h100pcie-8', 252, 1440, 8),
  'gpu-h100-1-16-200': size('shape-h100sxm5-1', 16, 200, 1),
  'gpu-h100-8-128-1600': size('shape-h100sxm5-8', 128, 1600, 8),
  'gpu-h200-1-16-200': size('shape-h200sxm5-1', 16, 200, 1),
  'gpu-h200-8-128-1600': size('shape-h200sxm5-8', 128, 1600, 8),
  'gpu-h100-1-26-234': size('shape-h100pcie-1', 26, 234, 1),
  'gpu-h100-2-52-468': size('shape-h100pcie-2', 52, 468, 2),
  'gpu-h100-4-104-936': size('shape-h100pcie-4', 104, 936, 4),
  'gpu-h100-8-208-1872': size('shape-h100pcie-8', 208, 1872, 8),
  'gpu-h100-8-192-1800': size('shape-h100sxm5-8', 192, 1800, 8),
  'gpu-h100-8-192-960': size('shape-h100sxm5-8', 192, 960, 8),
} as const satisfies Record<NodeShape, Size>

const shapes = Object.entries(sizes) as [NodeShape, Size][] // the keys of the table are the shapes

const familyNames = {
  'family-amd64-1-2': 'x86-64, 2 GB for each vCPU',
  'family-amd64-1-4': 'x86-64, 4 GB for each vCPU',
  'family-l4-1-4': 'NVIDIA L4, 4 vCPU for each GPU',
  'family-l4-1-12': 'NVIDIA L4, 12 vCPU for each GPU',
  'family-h100pcie': 'NVIDIA H100 PCIe',
  'family-h100sxm5': 'NVIDIA H100 SXM5',
  'family-h200sxm5': 'NVIDIA H200 SXM5',
} as const satisfies Record<NodeFamilyId, string>

const families = {
  'shape-amd64-4-8': 'family-amd64-1-2',
  'shape-amd64-8-16': 'family-amd64-1-2',
  'shape-amd64-16-32': 'family-amd64-1-2',
  'shape-amd64-32-64': 'family-amd64-1-2',
  'shape-amd64-64-128': 'family-amd64-1-2',
  'shape-amd64-4-16': 'family-amd64-1-4',
  'shape-amd64-8-32': 'family-amd64-1-4',
  'shape-amd64-16-64': 'family-amd64-1-4',
  'shape-amd64-32-128': 'family-amd64-1-4',
  'shape-l4-1-4': 'family-l4-1-4',
  'shape-l4-1': 'family-l4-1-12',
  'shape-l4-2': 'family-l4-1-12',
  'shape-l4-4': 'family-l4-1-12',
  'shape-l4-8': 'family-l4-1-12',
  'shape-h100pcie-1': 'family-h100pcie',
  'shape-h100pcie-2': 'family-h100pcie',
  'shape-h100pcie-4': 'family-h100pcie',
  'shape-h100pcie-8': 'family-h100pcie',
  'shape-h100sxm5-1': 'family-h100sxm5',
  'shape-h100sxm5-8': 'family-h100sxm5',
  'shape-h200sxm5-1': 'family-h200sxm5',
  'shape-h200sxm5-8': 'family-h200sxm5',
} as const satisfies Record<NodeShapeId, NodeFamilyId>

const mbOf = (gigabytes: number): number => gigabytes * 1_024

export const cpuOf = (shape: NodeShape): number => sizes[shape].cpu

export const shapeIdOf = (shape: NodeShape): NodeShapeId => sizes[shape].id

/** The one of the older version that is exactly this one. */
export function shapeOf(id: NodeShapeId): NodeShape {
  const found = shapes.find(([, one]) => one.id === id)
  if (found === undefined) throw new Error(`no shape of the older version is ${id}`)
  return found[0]
}

/** What a machine has. None is known to have GPUs. */
export interface MachineSize {
  readonly cpu: number
  readonly memoryMb: number
}

/**
 * All shapes of the newer version: first those that a machine here is as large as, then the others, whose names say
 * so. What all that show as one have is what such a machine has at least.
 */
export function nodeShapesFor(machines: readonly MachineSize[]): NodeShapeV2[] {
  const ids = [...new Set(shapes.map(([, { id }]) => id))]
  const all = ids.map((id) => shapeV2(id))
  const isHere = (shape: NodeShapeV2): boolean => machines.some((machine) => fits(shape, machine))
  const others = all.filter((shape) => !isHere(shape))
  return [
    ...all.filter(isHere),
    ...others.map((shape) => ({ ...shape, name: `${shape.name} (no machine here is as large)` })),
  ]
}

const fits = ({ minCPU, minMemoryMB, minGPU }: NodeShapeV2, { cpu, memoryMb }: MachineSize) =>
  minGPU === 0 && cpu >= minCPU && memoryMb >= minMemoryMB

/** The largest that a machine here is as large as, else the smallest there is. */
export function shapeFor(machines: readonly MachineSize[]): NodeShape {
  const here = shapes
    .filter(([, { id }]) => machines.some((machine) => fits(shapeV2(id), machine)))
    .toSorted(([, a], [, b]) => b.cpu - a.cpu || b.memoryGb - a.memoryGb)
  return here[0]?.[0] ?? 'cpu-4-8'
}

function shapeV2(id: NodeShapeId): NodeShapeV2 {
  const same = shapes.map(([, one]) => one).filter((one) => one.id === id)
  const least = (of: (one: Size) => number): number => Math.min(...same.map(of))
  const familyId = families[id]
  const [cpu, memoryGb, gpu] = [
    least((one) => one.cpu),
    least((one) => one.memoryGb),
    least((one) => one.gpu),
  ]
  const gpus = gpu === 0 ? '' : `, ${gpu} GPU`
  return {
    nodeShapeId: id,
    name: `${cpu} vCPU, ${memoryGb} GB${gpus}`,
    familyId,
    familyName: familyNames[familyId],
    minCPU: cpu,
    minMemoryMB: mbOf(memoryGb),
    minGPU: gpu,
  }
}
