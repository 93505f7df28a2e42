/** What a table of processes shows. */
import type { ProcessV3 } from '@hatchery/client'
import type { Column } from './output/columns.ts'

export interface ProcessRow {
  readonly process: ProcessV3
  /** The tag of its build, or the id where it has none. */
  readonly build: string | undefined
  /** Cores and bytes in use; undefined where they are not known. */
  readonly cpu: number | undefined
  readonly memory: number | undefined
}

export const processColumns: readonly Column<ProcessRow>[] = [
  { name: 'process', of: ({ process }) => ({ id: process.processId }) },
  { name: 'status', of: ({ process }) => process.status },
  { name: 'region', of: ({ process }) => process.region },
  { name: 'rooms', of: ({ process }) => rooms(process), align: 'right' },
  { name: 'address', of: ({ process }) => addressOf(process) },
  { name: 'up', of: ({ process }) => ({ age: process.startedAt ?? process.createdAt }) },
  { name: 'cpu', of: ({ cpu }) => (cpu === undefined ? null : Number(cpu.toFixed(2))) },
  { name: 'memory', of: ({ memory }) => ({ bytes: memory }) },
  { name: 'build', of: ({ build }) => build },
  { name: 'reason', of: ({ process }) => process.summaryExitReason, remark: true },
  { name: 'created', of: ({ process }) => process.createdAt, hidden: true },
  { name: 'ended', of: ({ process }) => process.terminatedAt, hidden: true },
  { name: 'deployment', of: ({ process }) => ({ id: process.deploymentId }), hidden: true },
  { name: 'app', of: ({ process }) => ({ id: process.appId }), hidden: true },
]

export const addressOf = ({ exposedPort }: Pick<ProcessV3, 'exposedPort'>): string | null =>
  exposedPort && `${exposedPort.host}:${exposedPort.port} ${exposedPort.transportType}`

/** None where it has ended: its rooms are over. */
const rooms = ({ status, roomsAllocated, roomsPerProcess }: ProcessV3): string | null =>
  status === 'failed' || status === 'stopped' ? null : `${roomsAllocated}/${roomsPerProcess}`
