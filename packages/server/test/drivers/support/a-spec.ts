/** Specs of test processes. */
import { randomUUID } from 'node:crypto'
import type { ProcessSpec, SpecPort } from '../../../src/domain/driver.ts'

export interface SpecWish {
  readonly env?: Readonly<Record<string, string>>
  readonly transport?: SpecPort['transport']
  readonly port: number
  readonly command?: string
  readonly cpu?: number
  readonly memoryMb?: number
  readonly installationId?: string
  readonly appId?: string
  readonly processId?: string
}

export const contentHash = 'a'.repeat(64)

export function aSpec(wish: SpecWish): ProcessSpec {
  const processId = wish.processId ?? randomUUID()
  const now = Date.now()
  return {
    installationId: wish.installationId ?? 'installation-1',
    processId,
    orgId: 'org-1',
    appId: wish.appId ?? 'app-1',
    deploymentId: 'dep-1',
    buildId: 'bld-1',
    region: 'Seattle',
    nodeId: 'local',
    roomsPerProcess: 1,
    idleTimeoutEnabled: true,
    createdAt: now,
    scheduledAt: now,
    host: '127.0.0.1',
    artifact: {
      kind: 'folder',
      contentHash,
      command: wish.command ?? '"$HATCHERY_NODE" game.mjs',
    },
    env: { PORT: String(wish.port), HATHORA_PROCESS_ID: processId, ...wish.env },
    ports: [
      {
        name: 'default',
        transport: wish.transport ?? 'udp',
        containerPort: 7777,
        port: wish.port,
      },
    ],
    cpu: wish.cpu ?? 1,
    memoryMb: wish.memoryMb ?? 512,
  }
}
