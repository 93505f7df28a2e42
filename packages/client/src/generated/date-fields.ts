// Made by scripts/generate.ts from the contract. Do not edit.
import type { DatedFields } from '../dates.ts'

export const datesOfAllocationView: DatedFields = { retryAt: 'Date' }

export const datesOfApplication: DatedFields = { createdAt: 'Date', deletedAt: 'Date' }

export const datesOfBuildV3: DatedFields = {
  createdAt: 'Date',
  startedAt: 'Date',
  finishedAt: 'Date',
  deletedAt: 'Date',
  expiredAt: 'Date',
}

export const datesOfApplicationWithLatestDeploymentAndBuildDeployment: DatedFields = {
  createdAt: 'Date',
  build: datesOfBuildV3,
}

export const datesOfApplicationWithLatestDeploymentAndBuild: DatedFields = {
  createdAt: 'Date',
  deletedAt: 'Date',
  deployment: datesOfApplicationWithLatestDeploymentAndBuildDeployment,
}

export const datesOfBuild: DatedFields = {
  createdAt: 'Date',
  startedAt: 'Date',
  finishedAt: 'Date',
  deletedAt: 'Date',
  expiredAt: 'Date',
}

export const datesOfDeployment: DatedFields = { createdAt: 'Date', build: datesOfBuild }

export const datesOfApplicationWithLatestDeploymentAndBuildDeprecated: DatedFields = {
  createdAt: 'Date',
  deletedAt: 'Date',
  deployment: datesOfDeployment,
}

export const datesOfApplicationsPage: DatedFields = {
  applications: datesOfApplicationWithLatestDeploymentAndBuild,
}

export const datesOfBuildWithMultipartUrls: DatedFields = {
  createdAt: 'Date',
  startedAt: 'Date',
  finishedAt: 'Date',
  deletedAt: 'Date',
  expiredAt: 'Date',
}

export const datesOfBuildWithUploadUrl: DatedFields = {
  createdAt: 'Date',
  startedAt: 'Date',
  finishedAt: 'Date',
  deletedAt: 'Date',
  expiredAt: 'Date',
}

export const datesOfBuildsV3Page: DatedFields = { builds: datesOfBuildV3 }

export const datesOfCreatedBuildV3WithMultipartUrls: DatedFields = {
  createdAt: 'Date',
  startedAt: 'Date',
  finishedAt: 'Date',
  deletedAt: 'Date',
  expiredAt: 'Date',
}

export const datesOfOrgView: DatedFields = { createdAt: 'Date' }

export const datesOfOrgToken: DatedFields = { createdAt: 'Date' }

export const datesOfCreatedOrg: DatedFields = { org: datesOfOrgView, orgToken: datesOfOrgToken }

export const datesOfCreatedOrgToken: DatedFields = { orgToken: datesOfOrgToken }

export const datesOfCurrentAllocation: DatedFields = { scheduledAt: 'Date', unscheduledAt: 'Date' }

export const datesOfDeploymentV1: DatedFields = { createdAt: 'Date' }

export const datesOfDeploymentV2: DatedFields = { createdAt: 'Date' }

export const datesOfDeploymentV3: DatedFields = { createdAt: 'Date' }

export const datesOfDeploymentsV3Page: DatedFields = { deployments: datesOfDeploymentV3 }

export const datesOfFleetErrorState: DatedFields = { lastErrorTimestamp: 'Date' }

export const datesOfPartialRecordRegionFleetErrorState: DatedFields = {
  Seattle: datesOfFleetErrorState,
  Los_Angeles: datesOfFleetErrorState,
  Washington_DC: datesOfFleetErrorState,
  Chicago: datesOfFleetErrorState,
  London: datesOfFleetErrorState,
  Frankfurt: datesOfFleetErrorState,
  Mumbai: datesOfFleetErrorState,
  Singapore: datesOfFleetErrorState,
  Tokyo: datesOfFleetErrorState,
  Sydney: datesOfFleetErrorState,
  Sao_Paulo: datesOfFleetErrorState,
  Dallas: datesOfFleetErrorState,
  Johannesburg: datesOfFleetErrorState,
  Dubai: datesOfFleetErrorState,
}

export const datesOfFleet: DatedFields = { errorState: datesOfPartialRecordRegionFleetErrorState }

export const datesOfFleetRegion: DatedFields = { cloudMinVcpusUpdatedAt: 'Date' }

export const datesOfFleetsPage: DatedFields = { fleets: datesOfFleet }

export const datesOfInvoice: DatedFields = { dueDate: 'Date' }

export const datesOfListOrgTokens: DatedFields = { tokens: datesOfOrgToken }

export const datesOfLobby: DatedFields = { createdAt: 'Date' }

export const datesOfLobbyV3: DatedFields = { createdAt: 'Date' }

export const datesOfNodeV1: DatedFields = { startedAt: 'Date', stoppedAt: 'Date' }

export const datesOfOrgMember: DatedFields = {
  createdAt: 'Date',
  joinedAt: 'Date',
  lastLogin: 'Date',
}

export const datesOfOrgMembersPage: DatedFields = { members: datesOfOrgMember }

export const datesOfOrgViewsPage: DatedFields = { orgs: datesOfOrgView }

export const datesOfPendingOrgInvite: DatedFields = { createdAt: 'Date' }

export const datesOfPendingOrgInvitesPage: DatedFields = { invites: datesOfPendingOrgInvite }

export const datesOfPersonalLink: DatedFields = { expiresAt: 'Date' }

export const datesOfProcess: DatedFields = {
  startedAt: 'Date',
  stoppingAt: 'Date',
  terminatedAt: 'Date',
  startingAt: 'Date',
  roomsAllocatedUpdatedAt: 'Date',
  roomSlotsAvailableUpdatedAt: 'Date',
  activeConnectionsUpdatedAt: 'Date',
  idleSince: 'Date',
}

export const datesOfProcessV2: DatedFields = {
  startedAt: 'Date',
  stoppingAt: 'Date',
  terminatedAt: 'Date',
  createdAt: 'Date',
}

export const datesOfProcessV3: DatedFields = {
  createdAt: 'Date',
  scheduledAt: 'Date',
  bootedAt: 'Date',
  startedAt: 'Date',
  stoppingAt: 'Date',
  terminatedAt: 'Date',
}

export const datesOfProcessView: DatedFields = {
  createdAt: 'Date',
  scheduledAt: 'Date',
  bootedAt: 'Date',
  startedAt: 'Date',
  stoppingAt: 'Date',
  terminatedAt: 'Date',
}

export const datesOfRoomWithoutAllocationsCurrentAllocation: DatedFields = {
  scheduledAt: 'Date',
  unscheduledAt: 'Date',
}

export const datesOfRoomWithoutAllocations: DatedFields = {
  currentAllocation: datesOfRoomWithoutAllocationsCurrentAllocation,
}

export const datesOfProcessWithRooms: DatedFields = {
  startedAt: 'Date',
  stoppingAt: 'Date',
  terminatedAt: 'Date',
  startingAt: 'Date',
  roomsAllocatedUpdatedAt: 'Date',
  roomSlotsAvailableUpdatedAt: 'Date',
  activeConnectionsUpdatedAt: 'Date',
  idleSince: 'Date',
  rooms: datesOfRoomWithoutAllocations,
}

export const datesOfRoomAllocation: DatedFields = { scheduledAt: 'Date', unscheduledAt: 'Date' }

export const datesOfRoom: DatedFields = {
  currentAllocation: datesOfCurrentAllocation,
  allocations: datesOfRoomAllocation,
}

export const datesOfRoomView: DatedFields = { createdAt: 'Date' }
