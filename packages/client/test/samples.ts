/** Answers of the API as a server would send them. */

export const processRecord = {
  appId: 'app-1',
  processId: 'cbfcddd2-0006-43ae-996c-995fff7bed2e',
  deploymentId: 'dep-1',
  region: 'Seattle',
  status: 'running',
  roomsPerProcess: 3,
  roomsAllocated: 1,
  createdAt: '2026-01-05T10:00:00.000Z',
  scheduledAt: '2026-01-05T10:00:00.400Z',
  bootedAt: '2026-01-05T10:00:01.900Z',
  startedAt: '2026-01-05T10:00:02.250Z',
  stoppingAt: null,
  terminatedAt: null,
  exposedPort: { name: 'default', host: '127.0.0.1', port: 34567, transportType: 'udp' },
  additionalExposedPorts: [{ name: 'debug', host: '127.0.0.1', port: 34568, transportType: 'tcp' }],
}

export const build = {
  buildId: 'bld-1',
  orgId: 'org-1',
  status: 'succeeded',
  imageSize: 1024,
  createdAt: '2026-01-05T09:00:00Z',
  createdBy: 'someone@example.com',
  startedAt: '2026-01-05T09:00:01Z',
  finishedAt: '2026-01-05T09:00:02Z',
  deletedAt: null,
}

export const createdBuild = {
  ...build,
  status: 'created',
  startedAt: null,
  finishedAt: null,
  maxChunkSize: 1000,
  uploadParts: [{ partNumber: 1, putRequestUrl: 'http://127.0.0.1/part' }],
  completeUploadPostRequestUrl: 'http://127.0.0.1/complete',
}

export const deploymentConfig = {
  buildId: 'bld-1',
  idleTimeoutEnabled: false,
  roomsPerProcess: 3,
  env: [{ name: 'EULA', value: 'TRUE' }],
  requestedCPU: 0.5,
  requestedMemoryMB: 1024,
  containerPort: 7777,
  transportType: 'udp',
} as const

export const deployment = {
  deploymentId: 'dep-1',
  appId: 'app-1',
  buildId: 'bld-1',
  idleTimeoutEnabled: false,
  roomsPerProcess: 3,
  env: [{ name: 'EULA', value: 'TRUE' }],
  defaultContainerPort: { name: 'default', port: 7777, transportType: 'udp' },
  additionalContainerPorts: [],
  requestedCPU: 0.5,
  requestedMemoryMB: 1024,
  createdAt: '2026-01-05T09:30:00Z',
  createdBy: 'someone@example.com',
}

export const application = {
  appId: 'app-1',
  appName: 'minecraft',
  orgId: 'org-1',
  appSecret: 'secret-1',
  authConfiguration: { anonymous: {} },
  createdAt: '2026-01-05T08:00:00Z',
  createdBy: 'someone@example.com',
  deletedAt: null,
  deletedBy: null,
  serviceConfig: {
    staticProcessAllocation: [
      { region: 'Tokyo', minProcesses: 1, targetProcesses: 2, maxProcesses: 3 },
    ],
  },
}

export const serviceConfig = {
  staticProcessAllocation: [
    { region: 'Tokyo' as const, minProcesses: 1, targetProcesses: 2, maxProcesses: null },
  ],
}

export const stay = {
  roomAllocationId: 'e3a0aa32-1711-4036-acfa-008b96061a78',
  processId: 'p-1',
  scheduledAt: '2026-02-05T09:00:00.000Z',
  unscheduledAt: null,
}

export const room = {
  ...{ appId: 'app-1', roomId: 'r', roomConfig: null, status: 'active' },
  currentAllocation: stay,
}

export const connection = {
  ...{ roomId: 'r', status: 'active' },
  exposedPort: { name: 'default', host: '127.0.0.1', port: 20_000, transportType: 'udp' },
  additionalExposedPorts: [],
}

export const orgToken = {
  ...{ orgTokenId: 'org-token-1', orgId: 'org-1', name: 'ci', status: 'active', scopes: 'admin' },
  ...{ lastFourCharsOfKey: 'abcd', createdBy: 'x', createdAt: '2026-02-05T09:00:00.000Z' },
}

export const lobby = {
  ...{ appId: 'app-1', roomId: 'r', region: 'Tokyo', visibility: 'public', shortCode: 'LFG4' },
  ...{ createdBy: 'k3u', createdAt: '2026-02-05T09:00:00.000Z', roomConfig: '{}' },
}

const { roomConfig: _, ...sameInBoth } = lobby

export const lobbyV2 = { ...sameInBoth, initialConfig: { map: 'arena' }, local: false }

export const organization = {
  ...{ orgId: 'org-1', name: 'Studio', stripeCustomerId: '', isSingleTenant: true },
  ...{ scopes: ['builds:read'], maxRequestedMemoryMB: 8_192, logRetentionPeriodHours: 72 },
  concurrentProcessVcpusLimit: 4.5,
}

export const invite = {
  ...{ orgId: 'org-1', userEmail: 'ada@games.example', scopes: 'member', invitedBy: 'org-token-1' },
  createdAt: '2026-02-05T09:00:00.000Z',
}

export const member = {
  ...{ ...invite, joinedAt: '2026-02-05T09:30:00.000Z' },
  lastLogin: '2026-02-06T09:00:00.000Z',
}
