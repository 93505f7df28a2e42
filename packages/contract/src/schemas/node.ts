/** Machines, as the published API shows them. */
import Type, { type Static } from 'typebox'
import { choice, dateTime, dateTimeOrNull } from './fields.ts'
import { Hosting } from './process.ts'
import { Region } from './region.ts'

export const NodeV1Status = choice(
  'NodeV1Status',
  ['running', 'draining', 'stopped'],
  '`draining` takes nothing new.',
)
export type NodeV1Status = Static<typeof NodeV1Status>

export const NodeV1 = Type.Object(
  {
    nodeId: Type.String({ description: 'The name of the machine.', examples: ['local'] }),
    host: Type.String({ description: 'What players connect to.' }),
    hosting: Hosting,
    status: NodeV1Status,
    region: Region,
    cpu: Type.Number({ description: 'Its cores.' }),
    memoryMb: Type.Number({ description: 'Its memory.' }),
    gpu: Type.Unsafe<number | null>({
      type: ['number', 'null'],
      description: 'Its GPUs; null: none are known.',
    }),
    startedAt: dateTime('When this installation had it first.'),
    stoppedAt: dateTimeOrNull('Null: it is there.'),
  },
  { title: 'NodeV1', description: 'A machine that runs processes.' },
)
export type NodeV1 = Static<typeof NodeV1>
