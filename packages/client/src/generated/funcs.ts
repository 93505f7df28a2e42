// Made by scripts/generate.ts from the contract. Do not edit.
/* oxlint-disable max-lines -- all operations of the API in one place */
import { standalone } from '../standalone.ts'
import { ProcessesV3 } from './processes-v3.ts'
import { AppsV2 } from './apps-v2.ts'
import { BuildsV3 } from './builds-v3.ts'
import { BuildsV2 } from './builds-v2.ts'
import { BuildsV1 } from './builds-v1.ts'
import { DeploymentsV3 } from './deployments-v3.ts'
import { RoomsV2 } from './rooms-v2.ts'
import { RoomsV1 } from './rooms-v1.ts'
import { TokensV1 } from './tokens-v1.ts'
import { OrganizationsV1 } from './organizations-v1.ts'
import { ManagementV1 } from './management-v1.ts'
import { BillingV1 } from './billing-v1.ts'
import { AuthV1 } from './auth-v1.ts'
import { LobbiesV3 } from './lobbies-v3.ts'
import { LobbiesV2 } from './lobbies-v2.ts'
import { LobbiesV1 } from './lobbies-v1.ts'
import { LogsV1 } from './logs-v1.ts'
import { MetricsV1 } from './metrics-v1.ts'
import { DiscoveryV2 } from './discovery-v2.ts'
import { DiscoveryV1 } from './discovery-v1.ts'
import { ProcessesV2 } from './processes-v2.ts'
import { ProcessesV1 } from './processes-v1.ts'
import { AppsV1 } from './apps-v1.ts'
import { DeploymentsV2 } from './deployments-v2.ts'
import { DeploymentsV1 } from './deployments-v1.ts'
import { FleetsV2 } from './fleets-v2.ts'
import { FleetsV1 } from './fleets-v1.ts'
import { NodesV1 } from './nodes-v1.ts'
import { HatcheryV1 } from './hatchery-v1.ts'

/** List the newest processes. */
export const processesV3GetLatestProcesses = /* @__PURE__ */ standalone(
  ProcessesV3,
  'getLatestProcesses',
)

/** Count processes. */
export const processesV3GetProcessesCountExperimental = /* @__PURE__ */ standalone(
  ProcessesV3,
  'getProcessesCountExperimental',
)

/** Start a process. */
export const processesV3CreateProcess = /* @__PURE__ */ standalone(ProcessesV3, 'createProcess')

/** Get a process. */
export const processesV3GetProcess = /* @__PURE__ */ standalone(ProcessesV3, 'getProcess')

/** Stop a process. */
export const processesV3StopProcess = /* @__PURE__ */ standalone(ProcessesV3, 'stopProcess')

/** Get the metrics of a process. */
export const processesV3GetProcessMetrics = /* @__PURE__ */ standalone(
  ProcessesV3,
  'getProcessMetrics',
)

/** List applications. */
export const appsV2GetApps = /* @__PURE__ */ standalone(AppsV2, 'getApps')

/** Create an application. */
export const appsV2CreateApp = /* @__PURE__ */ standalone(AppsV2, 'createApp')

/** Get an application. */
export const appsV2GetApp = /* @__PURE__ */ standalone(AppsV2, 'getApp')

/** Replace the configuration of an application. */
export const appsV2UpdateApp = /* @__PURE__ */ standalone(AppsV2, 'updateApp')

/** Change fields of an application. */
export const appsV2PatchApp = /* @__PURE__ */ standalone(AppsV2, 'patchApp')

/** Delete an application. */
export const appsV2DeleteApp = /* @__PURE__ */ standalone(AppsV2, 'deleteApp')

/** List builds. */
export const buildsV3GetBuilds = /* @__PURE__ */ standalone(BuildsV3, 'getBuilds')

/** Create a build for an upload. */
export const buildsV3CreateBuild = /* @__PURE__ */ standalone(BuildsV3, 'createBuild')

/** Create a build for an image. */
export const buildsV3CreateBuildRegistry = /* @__PURE__ */ standalone(
  BuildsV3,
  'createBuildRegistry',
)

/** Get a build. */
export const buildsV3GetBuild = /* @__PURE__ */ standalone(BuildsV3, 'getBuild')

/** Delete a build. */
export const buildsV3DeleteBuild = /* @__PURE__ */ standalone(BuildsV3, 'deleteBuild')

/** Run a build from its upload. */
export const buildsV3RunBuild = /* @__PURE__ */ standalone(BuildsV3, 'runBuild')

/** Run a build from an image. */
export const buildsV3RunBuildRegistry = /* @__PURE__ */ standalone(BuildsV3, 'runBuildRegistry')

/** List builds. */
export const buildsV2GetBuildsV2Deprecated = /* @__PURE__ */ standalone(
  BuildsV2,
  'getBuildsV2Deprecated',
)

/** Create a build for a file. */
export const buildsV2CreateBuildV2Deprecated = /* @__PURE__ */ standalone(
  BuildsV2,
  'createBuildV2Deprecated',
)

/** Create a build for an upload by form. */
export const buildsV2CreateBuildWithUploadUrlV2Deprecated = /* @__PURE__ */ standalone(
  BuildsV2,
  'createBuildWithUploadUrlV2Deprecated',
)

/** Create a build for an upload in parts. */
export const buildsV2CreateWithMultipartUploadsV2Deprecated = /* @__PURE__ */ standalone(
  BuildsV2,
  'createWithMultipartUploadsV2Deprecated',
)

/** Get a build. */
export const buildsV2GetBuildInfoV2Deprecated = /* @__PURE__ */ standalone(
  BuildsV2,
  'getBuildInfoV2Deprecated',
)

/** Delete a build. */
export const buildsV2DeleteBuildV2Deprecated = /* @__PURE__ */ standalone(
  BuildsV2,
  'deleteBuildV2Deprecated',
)

/** Run a build. */
export const buildsV2RunBuildV2Deprecated = /* @__PURE__ */ standalone(
  BuildsV2,
  'runBuildV2Deprecated',
)

/** List builds. */
export const buildsV1GetBuildsDeprecated = /* @__PURE__ */ standalone(
  BuildsV1,
  'getBuildsDeprecated',
)

/** Create a build for a file. */
export const buildsV1CreateBuildDeprecated = /* @__PURE__ */ standalone(
  BuildsV1,
  'createBuildDeprecated',
)

/** Get a build. */
export const buildsV1GetBuildInfoDeprecated = /* @__PURE__ */ standalone(
  BuildsV1,
  'getBuildInfoDeprecated',
)

/** Delete a build. */
export const buildsV1DeleteBuildDeprecated = /* @__PURE__ */ standalone(
  BuildsV1,
  'deleteBuildDeprecated',
)

/** Run a build. */
export const buildsV1RunBuildDeprecated = /* @__PURE__ */ standalone(BuildsV1, 'runBuildDeprecated')

/** List deployments. */
export const deploymentsV3GetDeployments = /* @__PURE__ */ standalone(
  DeploymentsV3,
  'getDeployments',
)

/** Create a deployment. */
export const deploymentsV3CreateDeployment = /* @__PURE__ */ standalone(
  DeploymentsV3,
  'createDeployment',
)

/** Get the newest deployment. */
export const deploymentsV3GetLatestDeployment = /* @__PURE__ */ standalone(
  DeploymentsV3,
  'getLatestDeployment',
)

/** Get a deployment. */
export const deploymentsV3GetDeployment = /* @__PURE__ */ standalone(DeploymentsV3, 'getDeployment')

/** Create a room. */
export const roomsV2CreateRoom = /* @__PURE__ */ standalone(RoomsV2, 'createRoom')

/** Get a room. */
export const roomsV2GetRoomInfo = /* @__PURE__ */ standalone(RoomsV2, 'getRoomInfo')

/** List the rooms on a process. */
export const roomsV2GetActiveRoomsForProcess = /* @__PURE__ */ standalone(
  RoomsV2,
  'getActiveRoomsForProcess',
)

/** List the rooms that left a process. */
export const roomsV2GetInactiveRoomsForProcess = /* @__PURE__ */ standalone(
  RoomsV2,
  'getInactiveRoomsForProcess',
)

/** Destroy a room. */
export const roomsV2DestroyRoom = /* @__PURE__ */ standalone(RoomsV2, 'destroyRoom')

/** Suspend a room. */
export const roomsV2SuspendRoomV2Deprecated = /* @__PURE__ */ standalone(
  RoomsV2,
  'suspendRoomV2Deprecated',
)

/** Resume a room. */
export const roomsV2ResumeRoom = /* @__PURE__ */ standalone(RoomsV2, 'resumeRoom')

/** Find out where a room is. */
export const roomsV2GetConnectionInfo = /* @__PURE__ */ standalone(RoomsV2, 'getConnectionInfo')

/** Change the config of a room. */
export const roomsV2UpdateRoomConfig = /* @__PURE__ */ standalone(RoomsV2, 'updateRoomConfig')

/** Create a room. */
export const roomsV1CreateRoomDeprecated = /* @__PURE__ */ standalone(
  RoomsV1,
  'createRoomDeprecated',
)

/** Get a room. */
export const roomsV1GetRoomInfoDeprecated = /* @__PURE__ */ standalone(
  RoomsV1,
  'getRoomInfoDeprecated',
)

/** List the rooms on a process. */
export const roomsV1GetActiveRoomsForProcessDeprecated = /* @__PURE__ */ standalone(
  RoomsV1,
  'getActiveRoomsForProcessDeprecated',
)

/** List the rooms that left a process. */
export const roomsV1GetInactiveRoomsForProcessDeprecated = /* @__PURE__ */ standalone(
  RoomsV1,
  'getInactiveRoomsForProcessDeprecated',
)

/** Destroy a room. */
export const roomsV1DestroyRoomDeprecated = /* @__PURE__ */ standalone(
  RoomsV1,
  'destroyRoomDeprecated',
)

/** Suspend a room. */
export const roomsV1SuspendRoomDeprecated = /* @__PURE__ */ standalone(
  RoomsV1,
  'suspendRoomDeprecated',
)

/** Find out where a room is. */
export const roomsV1GetConnectionInfoDeprecated = /* @__PURE__ */ standalone(
  RoomsV1,
  'getConnectionInfoDeprecated',
)

/** List tokens. */
export const tokensV1GetOrgTokens = /* @__PURE__ */ standalone(TokensV1, 'getOrgTokens')

/** Create a token. */
export const tokensV1CreateOrgToken = /* @__PURE__ */ standalone(TokensV1, 'createOrgToken')

/** Revoke a token. */
export const tokensV1RevokeOrgToken = /* @__PURE__ */ standalone(TokensV1, 'revokeOrgToken')

/** Get the organization. */
export const organizationsV1GetOrgs = /* @__PURE__ */ standalone(OrganizationsV1, 'getOrgs')

/** List the invites of the caller. */
export const organizationsV1GetUserPendingInvites = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'getUserPendingInvites',
)

/** Invite a person. */
export const organizationsV1InviteUser = /* @__PURE__ */ standalone(OrganizationsV1, 'inviteUser')

/** Change what an invite grants. */
export const organizationsV1UpdateUserInvite = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'updateUserInvite',
)

/** Take an invite back. */
export const organizationsV1RescindInvite = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'rescindInvite',
)

/** Accept an invite. */
export const organizationsV1AcceptInvite = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'acceptInvite',
)

/** Reject an invite. */
export const organizationsV1RejectInvite = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'rejectInvite',
)

/** List the invites of an organization. */
export const organizationsV1GetOrgPendingInvites = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'getOrgPendingInvites',
)

/** List the members of an organization. */
export const organizationsV1GetOrgMembers = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'getOrgMembers',
)

/** See usage and its limits. */
export const organizationsV1GetUsageLimits = /* @__PURE__ */ standalone(
  OrganizationsV1,
  'getUsageLimits',
)

/** Ask for a link by mail. */
export const managementV1SendVerificationEmail = /* @__PURE__ */ standalone(
  ManagementV1,
  'sendVerificationEmail',
)

/** Get the balance. */
export const billingV1GetBalance = /* @__PURE__ */ standalone(BillingV1, 'getBalance')

/** List invoices. */
export const billingV1GetInvoices = /* @__PURE__ */ standalone(BillingV1, 'getInvoices')

/** See what this month is made of. */
export const billingV1GetUpcomingInvoiceItems = /* @__PURE__ */ standalone(
  BillingV1,
  'getUpcomingInvoiceItems',
)

/** See what this month comes to. */
export const billingV1GetUpcomingInvoiceTotal = /* @__PURE__ */ standalone(
  BillingV1,
  'getUpcomingInvoiceTotal',
)

/** Get the payment method. */
export const billingV1GetPaymentMethod = /* @__PURE__ */ standalone(BillingV1, 'getPaymentMethod')

/** Get the address of a page about this month. */
export const billingV1InitStripeCustomerPortalUrl = /* @__PURE__ */ standalone(
  BillingV1,
  'initStripeCustomerPortalUrl',
)

/** Log a player in without a name. */
export const authV1LoginAnonymous = /* @__PURE__ */ standalone(AuthV1, 'loginAnonymous')

/** Log a player in with a nickname. */
export const authV1LoginNickname = /* @__PURE__ */ standalone(AuthV1, 'loginNickname')

/** Log a player in with Google. */
export const authV1LoginGoogle = /* @__PURE__ */ standalone(AuthV1, 'loginGoogle')

/** Create a lobby. */
export const lobbiesV3CreateLobby = /* @__PURE__ */ standalone(LobbiesV3, 'createLobby')

/** List public lobbies. */
export const lobbiesV3ListActivePublicLobbies = /* @__PURE__ */ standalone(
  LobbiesV3,
  'listActivePublicLobbies',
)

/** Get a lobby by its room. */
export const lobbiesV3GetLobbyInfoByRoomId = /* @__PURE__ */ standalone(
  LobbiesV3,
  'getLobbyInfoByRoomId',
)

/** Get a lobby by its code. */
export const lobbiesV3GetLobbyInfoByShortCode = /* @__PURE__ */ standalone(
  LobbiesV3,
  'getLobbyInfoByShortCode',
)

/** Create a lobby. */
export const lobbiesV2CreateLobbyDeprecated = /* @__PURE__ */ standalone(
  LobbiesV2,
  'createLobbyDeprecated',
)

/** Create a lobby. */
export const lobbiesV2CreatePrivateLobby = /* @__PURE__ */ standalone(
  LobbiesV2,
  'createPrivateLobby',
)

/** Create a lobby. */
export const lobbiesV2CreatePublicLobby = /* @__PURE__ */ standalone(LobbiesV2, 'createPublicLobby')

/** Create a lobby. */
export const lobbiesV2CreateLocalLobby = /* @__PURE__ */ standalone(LobbiesV2, 'createLocalLobby')

/** List public lobbies. */
export const lobbiesV2ListActivePublicLobbiesDeprecatedV2 = /* @__PURE__ */ standalone(
  LobbiesV2,
  'listActivePublicLobbiesDeprecatedV2',
)

/** Get a lobby by its room. */
export const lobbiesV2GetLobbyInfo = /* @__PURE__ */ standalone(LobbiesV2, 'getLobbyInfo')

/** Set the state of a lobby. */
export const lobbiesV2SetLobbyState = /* @__PURE__ */ standalone(LobbiesV2, 'setLobbyState')

/** Create a lobby. */
export const lobbiesV1CreatePrivateLobbyDeprecated = /* @__PURE__ */ standalone(
  LobbiesV1,
  'createPrivateLobbyDeprecated',
)

/** Create a lobby. */
export const lobbiesV1CreatePublicLobbyDeprecated = /* @__PURE__ */ standalone(
  LobbiesV1,
  'createPublicLobbyDeprecated',
)

/** List public lobbies. */
export const lobbiesV1ListActivePublicLobbiesDeprecatedV1 = /* @__PURE__ */ standalone(
  LobbiesV1,
  'listActivePublicLobbiesDeprecatedV1',
)

/** Read or follow the log of a process. */
export const logsV1GetLogsForProcess = /* @__PURE__ */ standalone(LogsV1, 'getLogsForProcess')

/** Download the log of an ended process. */
export const logsV1DownloadLogForProcess = /* @__PURE__ */ standalone(
  LogsV1,
  'downloadLogForProcess',
)

/** Get the metrics of a process. */
export const metricsV1GetMetricsDeprecated = /* @__PURE__ */ standalone(
  MetricsV1,
  'getMetricsDeprecated',
)

/** List where regions can be pinged. */
export const discoveryV2GetPingServiceEndpoints = /* @__PURE__ */ standalone(
  DiscoveryV2,
  'getPingServiceEndpoints',
)

/** List where regions can be pinged. */
export const discoveryV1GetPingServiceEndpointsDeprecated = /* @__PURE__ */ standalone(
  DiscoveryV1,
  'getPingServiceEndpointsDeprecated',
)

/** List the newest processes. */
export const processesV2GetLatestProcessesV2Deprecated = /* @__PURE__ */ standalone(
  ProcessesV2,
  'getLatestProcessesV2Deprecated',
)

/** Count processes. */
export const processesV2GetProcessesCountExperimentalV2Deprecated = /* @__PURE__ */ standalone(
  ProcessesV2,
  'getProcessesCountExperimentalV2Deprecated',
)

/** Start a process. */
export const processesV2CreateProcessV2Deprecated = /* @__PURE__ */ standalone(
  ProcessesV2,
  'createProcessV2Deprecated',
)

/** Get a process. */
export const processesV2GetProcessInfoV2Deprecated = /* @__PURE__ */ standalone(
  ProcessesV2,
  'getProcessInfoV2Deprecated',
)

/** Stop a process. */
export const processesV2StopProcessV2Deprecated = /* @__PURE__ */ standalone(
  ProcessesV2,
  'stopProcessV2Deprecated',
)

/** List the newest processes that run. */
export const processesV1GetRunningProcesses = /* @__PURE__ */ standalone(
  ProcessesV1,
  'getRunningProcesses',
)

/** List the newest processes that ended. */
export const processesV1GetStoppedProcesses = /* @__PURE__ */ standalone(
  ProcessesV1,
  'getStoppedProcesses',
)

/** Get a process. */
export const processesV1GetProcessInfoDeprecated = /* @__PURE__ */ standalone(
  ProcessesV1,
  'getProcessInfoDeprecated',
)

/** List applications. */
export const appsV1GetAppsV1Deprecated = /* @__PURE__ */ standalone(AppsV1, 'getAppsV1Deprecated')

/** Create an application. */
export const appsV1CreateAppV1Deprecated = /* @__PURE__ */ standalone(
  AppsV1,
  'createAppV1Deprecated',
)

/** Get an application. */
export const appsV1GetAppInfoV1Deprecated = /* @__PURE__ */ standalone(
  AppsV1,
  'getAppInfoV1Deprecated',
)

/** Change the name and the logins of an application. */
export const appsV1UpdateAppV1Deprecated = /* @__PURE__ */ standalone(
  AppsV1,
  'updateAppV1Deprecated',
)

/** Delete an application. */
export const appsV1DeleteAppV1Deprecated = /* @__PURE__ */ standalone(
  AppsV1,
  'deleteAppV1Deprecated',
)

/** List deployments. */
export const deploymentsV2GetDeploymentsV2Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV2,
  'getDeploymentsV2Deprecated',
)

/** Create a deployment. */
export const deploymentsV2CreateDeploymentV2Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV2,
  'createDeploymentV2Deprecated',
)

/** Get the newest deployment. */
export const deploymentsV2GetLatestDeploymentV2Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV2,
  'getLatestDeploymentV2Deprecated',
)

/** Get a deployment. */
export const deploymentsV2GetDeploymentInfoV2Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV2,
  'getDeploymentInfoV2Deprecated',
)

/** List deployments. */
export const deploymentsV1GetDeploymentsV1Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV1,
  'getDeploymentsV1Deprecated',
)

/** Create a deployment. */
export const deploymentsV1CreateDeploymentV1Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV1,
  'createDeploymentV1Deprecated',
)

/** Get the newest deployment. */
export const deploymentsV1GetLatestDeploymentV1Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV1,
  'getLatestDeploymentV1Deprecated',
)

/** Get a deployment. */
export const deploymentsV1GetDeploymentInfoV1Deprecated = /* @__PURE__ */ standalone(
  DeploymentsV1,
  'getDeploymentInfoV1Deprecated',
)

/** List fleets. */
export const fleetsV2GetFleets = /* @__PURE__ */ standalone(FleetsV2, 'getFleets')

/** Create a fleet. */
export const fleetsV2CreateFleet = /* @__PURE__ */ standalone(FleetsV2, 'createFleet')

/** Get a fleet. */
export const fleetsV2GetFleet = /* @__PURE__ */ standalone(FleetsV2, 'getFleet')

/** Change a fleet. */
export const fleetsV2UpdateFleet = /* @__PURE__ */ standalone(FleetsV2, 'updateFleet')

/** Get what is wished for a fleet in a region. */
export const fleetsV2GetFleetRegion = /* @__PURE__ */ standalone(FleetsV2, 'getFleetRegion')

/** Say how many machines a fleet is meant to have in a region. */
export const fleetsV2UpdateFleetRegion = /* @__PURE__ */ standalone(FleetsV2, 'updateFleetRegion')

/** Say how many vCPU a fleet is meant to have in a region. */
export const fleetsV2DeprecatedUpdateFleetRegionV2 = /* @__PURE__ */ standalone(
  FleetsV2,
  'deprecatedUpdateFleetRegionV2',
)

/** Get the metrics of a fleet. */
export const fleetsV2GetFleetMetrics = /* @__PURE__ */ standalone(FleetsV2, 'getFleetMetrics')

/** Get the metrics of a fleet in a region. */
export const fleetsV2GetFleetRegionMetrics = /* @__PURE__ */ standalone(
  FleetsV2,
  'getFleetRegionMetrics',
)

/** List sizes of machines. */
export const fleetsV2GetNodeShapes = /* @__PURE__ */ standalone(FleetsV2, 'getNodeShapes')

/** List fleets. */
export const fleetsV1GetFleetsDeprecated = /* @__PURE__ */ standalone(
  FleetsV1,
  'getFleetsDeprecated',
)

/** Create a fleet. */
export const fleetsV1CreateFleetDeprecated = /* @__PURE__ */ standalone(
  FleetsV1,
  'createFleetDeprecated',
)

/** Get a fleet. */
export const fleetsV1GetFleetDeprecated = /* @__PURE__ */ standalone(FleetsV1, 'getFleetDeprecated')

/** Change a fleet. */
export const fleetsV1UpdateFleetDeprecated = /* @__PURE__ */ standalone(
  FleetsV1,
  'updateFleetDeprecated',
)

/** Get what is wished for a fleet in a region. */
export const fleetsV1GetFleetRegionDeprecated = /* @__PURE__ */ standalone(
  FleetsV1,
  'getFleetRegionDeprecated',
)

/** Say how many vCPU a fleet is meant to have in a region. */
export const fleetsV1UpdateFleetRegionDeprecated = /* @__PURE__ */ standalone(
  FleetsV1,
  'updateFleetRegionDeprecated',
)

/** Get the metrics of a fleet. */
export const fleetsV1GetFleetMetricsDeprecated = /* @__PURE__ */ standalone(
  FleetsV1,
  'getFleetMetricsDeprecated',
)

/** Get the metrics of a fleet in a region. */
export const fleetsV1GetFleetRegionMetricsDeprecated = /* @__PURE__ */ standalone(
  FleetsV1,
  'getFleetRegionMetricsDeprecated',
)

/** List the machines of a fleet. */
export const nodesV1ListProvisionedNodes = /* @__PURE__ */ standalone(
  NodesV1,
  'listProvisionedNodes',
)

/** Get a machine. */
export const nodesV1GetNode = /* @__PURE__ */ standalone(NodesV1, 'getNode')

/** Get a process with what Hatchery knows of it. */
export const hatcheryV1GetProcessView = /* @__PURE__ */ standalone(HatcheryV1, 'getProcessView')

/** Drain a process. */
export const hatcheryV1DrainProcess = /* @__PURE__ */ standalone(HatcheryV1, 'drainProcess')

/** List the rooms of an application. */
export const hatcheryV1GetRooms = /* @__PURE__ */ standalone(HatcheryV1, 'getRooms')

/** See how the static allocation stands. */
export const hatcheryV1GetAllocations = /* @__PURE__ */ standalone(HatcheryV1, 'getAllocations')

/** See how the load balancer stands. */
export const hatcheryV1GetLoadBalancer = /* @__PURE__ */ standalone(HatcheryV1, 'getLoadBalancer')

/** Replace the secret of an application. */
export const hatcheryV1RotateAppSecret = /* @__PURE__ */ standalone(HatcheryV1, 'rotateAppSecret')

/** Follow what changes. */
export const hatcheryV1GetEvents = /* @__PURE__ */ standalone(HatcheryV1, 'getEvents')

/** See who a token speaks for. */
export const hatcheryV1WhoAmI = /* @__PURE__ */ standalone(HatcheryV1, 'whoAmI')

/** List regions. */
export const hatcheryV1GetRegions = /* @__PURE__ */ standalone(HatcheryV1, 'getRegions')

/** List machines. */
export const hatcheryV1GetNodes = /* @__PURE__ */ standalone(HatcheryV1, 'getNodes')

/** Drain a machine. */
export const hatcheryV1DrainNode = /* @__PURE__ */ standalone(HatcheryV1, 'drainNode')

/** Take a machine back. */
export const hatcheryV1ResumeNode = /* @__PURE__ */ standalone(HatcheryV1, 'resumeNode')

/** Stop all games. */
export const hatcheryV1StopGames = /* @__PURE__ */ standalone(HatcheryV1, 'stopGames')

/** Back up the installation. */
export const hatcheryV1CreateBackup = /* @__PURE__ */ standalone(HatcheryV1, 'createBackup')

/** Make a link for a person. */
export const hatcheryV1CreatePersonalLink = /* @__PURE__ */ standalone(
  HatcheryV1,
  'createPersonalLink',
)

/** Change what a member may do. */
export const hatcheryV1ChangeMember = /* @__PURE__ */ standalone(HatcheryV1, 'changeMember')

/** Remove a member. */
export const hatcheryV1RemoveMember = /* @__PURE__ */ standalone(HatcheryV1, 'removeMember')

/** Make an organization. */
export const hatcheryV1CreateOrg = /* @__PURE__ */ standalone(HatcheryV1, 'createOrg')

/** List all organizations. */
export const hatcheryV1GetAllOrgs = /* @__PURE__ */ standalone(HatcheryV1, 'getAllOrgs')

/** Change an organization. */
export const hatcheryV1ChangeOrg = /* @__PURE__ */ standalone(HatcheryV1, 'changeOrg')

/** See what was used in a month. */
export const hatcheryV1GetUsage = /* @__PURE__ */ standalone(HatcheryV1, 'getUsage')
