/** The smallest game as the local driver is told of it, for programs that use the driver by itself. */
import type { ProcessSpec } from '../../packages/server/src/domain/driver.ts'

export const specOf = (processId: string, port: number): ProcessSpec => ({
  ...{ installationId: 'bench', processId, orgId: 'org', appId: 'app', nodeId: 'bench' },
  ...{ deploymentId: 'dep', buildId: 'bld', region: 'Seattle', roomsPerProcess: 1 },
  ...{ idleTimeoutEnabled: false, createdAt: 1, scheduledAt: 1, host: '127.0.0.1' },
  artifact: { kind: 'folder', contentHash: 'bench', command: './game' },
  env: { PORT: String(port) },
  ports: [{ name: 'default', transport: 'tcp', containerPort: port, port }],
  ...{ cpu: 1, memoryMb: 512 },
})
