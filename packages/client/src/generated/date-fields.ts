// Made by scripts/generate.ts from the contract. Do not edit.

/** The fields that are dates, and those that hold objects, or lists of objects, with dates in them. */
export const dateFields = {
  AllocationView: {
    retryAt: 'Date',
  },
  Application: {
    createdAt: 'Date',
    deletedAt: 'Date',
  },
  ApplicationWithLatestDeploymentAndBuild: {
    createdAt: 'Date',
    deletedAt: 'Date',
    deployment: 'ApplicationWithLatestDeploymentAndBuildDeployment',
  },
  ApplicationWithLatestDeploymentAndBuildDeployment: {
    createdAt: 'Date',
    build: 'BuildV3',
  },
  ApplicationWithLatestDeploymentAndBuildDeprecated: {
    createdAt: 'Date',
    deletedAt: 'Date',
    deployment: 'Deployment',
  },
  ApplicationsPage: {
    applications: 'ApplicationWithLatestDeploymentAndBuild',
  },
  Build: {
    createdAt: 'Date',
    startedAt: 'Date',
    finishedAt: 'Date',
    deletedAt: 'Date',
    expiredAt: 'Date',
  },
  BuildV3: {
    createdAt: 'Date',
    startedAt: 'Date',
    finishedAt: 'Date',
    deletedAt: 'Date',
    expiredAt: 'Date',
  },
  BuildWithMultipartUrls: {
    createdAt: 'Date',
    startedAt: 'Date',
    finishedAt: 'Date',
    deletedAt: 'Date',
    expiredAt: 'Date',
  },
  BuildWithUploadUrl: {
    createdAt: 'Date',
    startedAt: 'Date',
    finishedAt: 'Date',
    deletedAt: 'Date',
    expiredAt: 'Date',
  },
  BuildsV3Page: {
    builds: 'BuildV3',
  },
  CreatedBuildV3WithMultipartUrls: {
    createdAt: 'Date',
    startedAt: 'Date',
    finishedAt: 'Date',
    deletedAt: 'Date',
    expiredAt: 'Date',
  },
  CreatedOrg: {
    org: 'OrgView',
    orgToken: 'OrgToken',
  },
  CreatedOrgToken: {
    orgToken: 'OrgToken',
  },
  CurrentAllocation: {
    scheduledAt: 'Date',
    unscheduledAt: 'Date',
  },
  Deployment: {
    createdAt: 'Date',
    build: 'Build',
  },
  DeploymentV1: {
    createdAt: 'Date',
  },
  DeploymentV2: {
    createdAt: 'Date',
  },
  DeploymentV3: {
    createdAt: 'Date',
  },
  DeploymentsV3Page: {
    deployments: 'DeploymentV3',
  },
  Fleet: {
    errorState: 'PartialRecordRegionFleetErrorState',
  },
  FleetErrorState: {
    lastErrorTimestamp: 'Date',
  },
  FleetRegion: {
    cloudMinVcpusUpdatedAt: 'Date',
  },
  FleetsPage: {
    fleets: 'Fleet',
  },
  Invoice: {
    dueDate: 'Date',
  },
  ListOrgTokens: {
    tokens: 'OrgToken',
  },
  Lobby: {
    createdAt: 'Date',
  },
  LobbyV3: {
    createdAt: 'Date',
  },
  NodeV1: {
    startedAt: 'Date',
    stoppedAt: 'Date',
  },
  OrgMember: {
    createdAt: 'Date',
    joinedAt: 'Date',
    lastLogin: 'Date',
  },
  OrgMembersPage: {
    members: 'OrgMember',
  },
  OrgToken: {
    createdAt: 'Date',
  },
  OrgView: {
    createdAt: 'Date',
  },
  OrgViewsPage: {
    orgs: 'OrgView',
  },
  PartialRecordRegionFleetErrorState: {
    Seattle: 'FleetErrorState',
    Los_Angeles: 'FleetErrorState',
    Washington_DC: 'FleetErrorState',
    Chicago: 'FleetErrorState',
    London: 'FleetErrorState',
    Frankfurt: 'FleetErrorState',
    Mumbai: 'FleetErrorState',
    Singapore: 'FleetErrorState',
    Tokyo: 'FleetErrorState',
    Sydney: 'FleetErrorState',
    Sao_Paulo: 'FleetErrorState',
    Dallas: 'FleetErrorState',
    Johannesburg: 'FleetErrorState',
    Dubai: 'FleetErrorState',
  },
  PendingOrgInvite: {
    createdAt: 'Date',
  },
  PendingOrgInvitesPage: {
    invites: 'PendingOrgInvite',
  },
  PersonalLink: {
    expiresAt: 'Date',
  },
  Process: {
    startedAt: 'Date',
    stoppingAt: 'Date',
    terminatedAt: 'Date',
    startingAt: 'Date',
    roomsAllocatedUpdatedAt: 'Date',
    roomSlotsAvailableUpdatedAt: 'Date',
    activeConnectionsUpdatedAt: 'Date',
    idleSince: 'Date',
  },
  ProcessV2: {
    startedAt: 'Date',
    stoppingAt: 'Date',
    terminatedAt: 'Date',
    createdAt: 'Date',
  },
  ProcessV3: {
    createdAt: 'Date',
    scheduledAt: 'Date',
    bootedAt: 'Date',
    startedAt: 'Date',
    stoppingAt: 'Date',
    terminatedAt: 'Date',
  },
  ProcessView: {
    createdAt: 'Date',
    scheduledAt: 'Date',
    bootedAt: 'Date',
    startedAt: 'Date',
    stoppingAt: 'Date',
    terminatedAt: 'Date',
  },
  ProcessWithRooms: {
    startedAt: 'Date',
    stoppingAt: 'Date',
    terminatedAt: 'Date',
    startingAt: 'Date',
    roomsAllocatedUpdatedAt: 'Date',
    roomSlotsAvailableUpdatedAt: 'Date',
    activeConnectionsUpdatedAt: 'Date',
    idleSince: 'Date',
    rooms: 'RoomWithoutAllocations',
  },
  Room: {
    currentAllocation: 'CurrentAllocation',
    allocations: 'RoomAllocation',
  },
  RoomAllocation: {
    scheduledAt: 'Date',
    unscheduledAt: 'Date',
  },
  RoomView: {
    createdAt: 'Date',
  },
  RoomWithoutAllocations: {
    currentAllocation: 'RoomWithoutAllocationsCurrentAllocation',
  },
  RoomWithoutAllocationsCurrentAllocation: {
    scheduledAt: 'Date',
    unscheduledAt: 'Date',
  },
} as const
