/** Sizes of machines, as both versions of the API name them. */
import Type, { type Static } from 'typebox'
import { choice } from './fields.ts'

export const nodeShapes = [
  'cpu-4-8',
  'cpu-8-16',
  'cpu-16-32',
  'cpu-32-64',
  'cpu-64-128',
  'cpu-4-16',
  'cpu-8-32',
  'cpu-16-64',
  'cpu-32-128',
  'gpu-l4-1-4-16',
  'gpu-l4-1-12-48',
  'gpu-l4-2-24-96',
  'gpu-l4-4-48-192',
  'gpu-l4-8-96-384',
  'gpu-h100-1-26-234',
  'gpu-h100-2-52-468',
  'gpu-h100-4-104-936',
  'gpu-h100-8-208-1872',
  'gpu-h100-1-28-180',
  'gpu-h100-2-60-360',
  'gpu-h100-4-124-720',
  'gpu-h100-8-252-1440',
  'gpu-h100-8-192-1800',
  'gpu-h100-8-192-960',
  'gpu-h100-1-16-200',
  'gpu-h100-8-128-1600',
  'gpu-h200-1-16-200',
  'gpu-h200-8-128-1600',
] as const

export const NodeShape = choice(
  'NodeShape',
  nodeShapes,
  'A size of machine, as the older version names it: GPUs where there are any, cores, GB of memory.',
)
export type NodeShape = Static<typeof NodeShape>

export const nodeShapeIds = [
  'shape-amd64-4-8',
  'shape-amd64-8-16',
  'shape-amd64-16-32',
  'shape-amd64-32-64',
  'shape-amd64-64-128',
  'shape-amd64-4-16',
  'shape-amd64-8-32',
  'shape-amd64-16-64',
  'shape-amd64-32-128',
  'shape-l4-1-4',
  'shape-l4-1',
  'shape-l4-2',
  'shape-l4-4',
  'shape-l4-8',
  'shape-h100pcie-1',
  'shape-h100pcie-2',
  'shape-h100pcie-4',
  'shape-h100pcie-8',
  'shape-h100sxm5-1',
  'shape-h100sxm5-8',
  'shape-h200sxm5-1',
  'shape-h200sxm5-8',
] as const

export const NodeShapeId = choice('NodeShapeId', nodeShapeIds, 'A size of machine.')
export type NodeShapeId = Static<typeof NodeShapeId>

export const nodeFamilyIds = [
  'family-amd64-1-2',
  'family-amd64-1-4',
  'family-l4-1-4',
  'family-l4-1-12',
  'family-h100pcie',
  'family-h100sxm5',
  'family-h200sxm5',
] as const

export const NodeFamilyId = choice('NodeFamilyId', nodeFamilyIds, 'Machines of one kind.')
export type NodeFamilyId = Static<typeof NodeFamilyId>

export const NodeShapeV2 = Type.Object(
  {
    nodeShapeId: NodeShapeId,
    name: Type.String({
      description: 'In words. Says so where no machine of this installation is as large.',
    }),
    familyId: NodeFamilyId,
    familyName: Type.String({ description: 'The family, in words.' }),
    minCPU: Type.Number({ description: 'Cores that such a machine has at least.' }),
    minMemoryMB: Type.Number({ description: 'Memory that such a machine has at least.' }),
    minGPU: Type.Number({ description: 'GPUs that such a machine has at least.' }),
  },
  { title: 'NodeShapeV2', description: 'A size of machine, and what it has.' },
)
export type NodeShapeV2 = Static<typeof NodeShapeV2>
