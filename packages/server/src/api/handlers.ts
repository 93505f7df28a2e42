/** Which function answers which operation. Leaving one out does not compile. */
import { getAppsV1 } from './apps-v1/get-apps.ts'
import { createApp } from './apps-v2/create-app.ts'
import { deleteApp } from './apps-v2/delete-app.ts'
import { getApp } from './apps-v2/get-app.ts'
import { getApps } from './apps-v2/get-apps.ts'
import { patchApp } from './apps-v2/patch-app.ts'
import { updateApp } from './apps-v2/update-app.ts'
import { loginAnonymous } from './auth-v1/login-anonymous.ts'
import { loginGoogle } from './auth-v1/login-google.ts'
import { loginNickname } from './auth-v1/login-nickname.ts'
import { runBuildV1 } from './builds-v1/run-build.ts'
import {
  createBuildInParts,
  createBuildWithForm,
  createFileBuild,
} from './builds-v2/create-build.ts'
import { deleteNumberedBuild } from './builds-v2/delete-build.ts'
import { getNumberedBuilds } from './builds-v2/get-builds.ts'
import { getNumberedBuildRecord } from './builds-v2/get-build.ts'
import { runBuildV2 } from './builds-v2/run-build.ts'
import { getBalance } from './billing-v1/get-balance.ts'
import { getInvoices } from './billing-v1/get-invoices.ts'
import { getPaymentMethod } from './billing-v1/get-payment-method.ts'
import { initStripeCustomerPortalUrl } from './billing-v1/init-stripe-customer-portal-url.ts'
import { getUpcomingInvoiceItems, getUpcomingInvoiceTotal } from './billing-v1/upcoming-invoice.ts'
import { createBuild } from './builds-v3/create-build.ts'
import { createBuildRegistry } from './builds-v3/create-build-registry.ts'
import { deleteBuild } from './builds-v3/delete-build.ts'
import { getBuildRecord } from './builds-v3/get-build.ts'
import { getBuilds } from './builds-v3/get-builds.ts'
import { runBuild } from './builds-v3/run-build.ts'
import { runBuildRegistry } from './builds-v3/run-build-registry.ts'
import type { Handlers } from './context.ts'
import { createDeploymentV1 } from './deployments-v1/create-deployment.ts'
import {
  getDeploymentV1,
  getDeploymentsV1,
  getLatestDeploymentV1,
} from './deployments-v1/get-deployments.ts'
import { createDeploymentV2 } from './deployments-v2/create-deployment.ts'
import {
  getDeploymentV2,
  getDeploymentsV2,
  getLatestDeploymentV2,
} from './deployments-v2/get-deployments.ts'
import { createDeployment } from './deployments-v3/create-deployment.ts'
import { getDeployment } from './deployments-v3/get-deployment.ts'
import { getDeployments } from './deployments-v3/get-deployments.ts'
import { getLatestDeploymentRecord } from './deployments-v3/get-latest-deployment.ts'
import { getPingServiceEndpoints } from './discovery-v2/get-ping-service-endpoints.ts'
import { changeMember } from './hatchery/change-member.ts'
import { createFleetV1, getFleetV1, getFleetsV1, updateFleetV1 } from './fleets-v1/fleets.ts'
import { createFleet } from './fleets-v2/create-fleet.ts'
import { getFleet } from './fleets-v2/get-fleet.ts'
import { getFleetMetrics, getFleetRegionMetrics } from './fleets-v2/get-fleet-metrics.ts'
import { getFleetRegion } from './fleets-v2/get-fleet-region.ts'
import { getFleets } from './fleets-v2/get-fleets.ts'
import { getNodeShapes } from './fleets-v2/get-node-shapes.ts'
import { updateCloudMinVcpus } from './fleets-v2/update-cloud-min-vcpus.ts'
import { updateFleet } from './fleets-v2/update-fleet.ts'
import { updateFleetRegion } from './fleets-v2/update-fleet-region.ts'
import { createBackup } from './hatchery/create-backup.ts'
import { createPersonalLink } from './hatchery/create-personal-link.ts'
import { completeUpload } from './hatchery/complete-upload.ts'
import { getEvents } from './hatchery/get-events.ts'
import { getProcessView } from './hatchery/get-process-view.ts'
import { getRegions } from './hatchery/get-regions.ts'
import { changeOrg, createOrg, getAllOrgs } from './hatchery/orgs.ts'
import { removeMember } from './hatchery/remove-member.ts'
import { getUsage } from './hatchery/get-usage.ts'
import { getUsageReport } from './hatchery/get-usage-report.ts'
import { rotateAppSecret } from './hatchery/rotate-app-secret.ts'
import { uploadBuildFile } from './hatchery/upload-build-file.ts'
import { uploadBuildPart } from './hatchery/upload-build-part.ts'
import { whoAmI } from './hatchery/who-am-i.ts'
import { createPrivateLobbyV1, createPublicLobbyV1 } from './lobbies-v1/create-lobby.ts'
import { listLobbiesV1 } from './lobbies-v1/list-lobbies.ts'
import {
  createLobbyDeprecated,
  createLocalLobby,
  createPrivateLobby,
  createPublicLobby,
} from './lobbies-v2/create-lobby.ts'
import { getLobbyInfo } from './lobbies-v2/get-lobby-info.ts'
import { listLobbiesV2 } from './lobbies-v2/list-lobbies.ts'
import { setLobbyState } from './lobbies-v2/set-lobby-state.ts'
import { createLobby } from './lobbies-v3/create-lobby.ts'
import { getLobbyInfoByRoomId, getLobbyInfoByShortCode } from './lobbies-v3/get-lobby.ts'
import { listActivePublicLobbies } from './lobbies-v3/list-lobbies.ts'
import { downloadLogForProcess } from './logs-v1/download-log-for-process.ts'
import { getLogsForProcess } from './logs-v1/get-logs-for-process.ts'
import {
  getProcessV1,
  getRunningProcesses,
  getStoppedProcesses,
} from './processes-v1/get-processes.ts'
import { createProcessV2 } from './processes-v2/create-process.ts'
import { getLatestProcessesV2, getProcessV2 } from './processes-v2/get-processes.ts'
import { sendVerificationEmail } from './management-v1/send-verification-email.ts'
import { acceptInvite, rejectInvite } from './organizations-v1/answer-invite.ts'
import { getOrgMembers, getOrgPendingInvites } from './organizations-v1/get-org-people.ts'
import { getOrgs } from './organizations-v1/get-orgs.ts'
import { getUserPendingInvites } from './organizations-v1/get-user-pending-invites.ts'
import { inviteUser } from './organizations-v1/invite-user.ts'
import { rescindInvite } from './organizations-v1/rescind-invite.ts'
import { updateUserInvite } from './organizations-v1/update-user-invite.ts'
import { getMetricsV1 } from './metrics-v1/get-metrics.ts'
import { getNode, listProvisionedNodes } from './nodes-v1/nodes.ts'
import { getUsageLimits } from './organizations-v1/get-usage-limits.ts'
import { createProcess } from './processes-v3/create-process.ts'
import { getLatestProcesses } from './processes-v3/get-latest-processes.ts'
import { getProcessRecord } from './processes-v3/get-process.ts'
import { getProcessMetrics } from './processes-v3/get-process-metrics.ts'
import { getProcessesCount } from './processes-v3/get-processes-count.ts'
import { stopProcess } from './processes-v3/stop-process.ts'
import { createRoomV1 } from './rooms-v1/create-room.ts'
import { getConnectionInfoV1 } from './rooms-v1/get-connection-info.ts'
import { createRoom } from './rooms-v2/create-room.ts'
import { getActiveRooms } from './rooms-v2/get-active-rooms.ts'
import { getConnectionInfo } from './rooms-v2/get-connection-info.ts'
import { getInactiveRooms } from './rooms-v2/get-inactive-rooms.ts'
import { getRoomInfo } from './rooms-v2/get-room-info.ts'
import { destroyRoom, suspendRoom } from './rooms-v2/release-room.ts'
import { resumeRoom } from './rooms-v2/resume-room.ts'
import { updateRoomConfig } from './rooms-v2/update-room-config.ts'
import { drainNode, resumeNode } from './hatchery/drain-node.ts'
import { drainProcess } from './hatchery/drain-process.ts'
import { getLoadBalancer } from './hatchery/get-load-balancer.ts'
import { getAllocations } from './hatchery/get-allocations.ts'
import { getNodes } from './hatchery/get-nodes.ts'
import { stopGames } from './hatchery/stop-games.ts'
import { getRooms } from './hatchery/get-rooms.ts'
import { createOrgToken } from './tokens-v1/create-org-token.ts'
import { getOrgTokens } from './tokens-v1/get-org-tokens.ts'
import { revokeOrgToken } from './tokens-v1/revoke-org-token.ts'

export const handlers: Handlers = {
  CreateApp: createApp,
  DeleteApp: deleteApp,
  GetApp: getApp,
  GetApps: getApps,
  PatchApp: patchApp,
  UpdateApp: updateApp,
  CreateAppV1Deprecated: createApp,
  DeleteAppV1Deprecated: deleteApp,
  GetAppInfoV1Deprecated: getApp,
  GetAppsV1Deprecated: getAppsV1,
  // The older version knows no service configuration: it changes what it knows.
  UpdateAppV1Deprecated: patchApp,
  LoginAnonymous: loginAnonymous,
  LoginGoogle: loginGoogle,
  LoginNickname: loginNickname,
  CreateBuildDeprecated: createFileBuild,
  DeleteBuildDeprecated: deleteNumberedBuild,
  GetBuildInfoDeprecated: getNumberedBuildRecord,
  GetBuildsDeprecated: getNumberedBuilds,
  RunBuildDeprecated: runBuildV1,
  CreateBuildV2Deprecated: createFileBuild,
  CreateBuildWithUploadUrlV2Deprecated: createBuildWithForm,
  CreateWithMultipartUploadsV2Deprecated: createBuildInParts,
  DeleteBuildV2Deprecated: deleteNumberedBuild,
  GetBuildInfoV2Deprecated: getNumberedBuildRecord,
  GetBuildsV2Deprecated: getNumberedBuilds,
  RunBuildV2Deprecated: runBuildV2,
  CreateBuild: createBuild,
  CreateBuildRegistry: createBuildRegistry,
  DeleteBuild: deleteBuild,
  GetBuild: getBuildRecord,
  GetBuilds: getBuilds,
  RunBuild: runBuild,
  RunBuildRegistry: runBuildRegistry,
  CreateDeployment: createDeployment,
  GetDeployment: getDeployment,
  GetDeployments: getDeployments,
  GetLatestDeployment: getLatestDeploymentRecord,
  CreateDeploymentV2Deprecated: createDeploymentV2,
  GetDeploymentInfoV2Deprecated: getDeploymentV2,
  GetDeploymentsV2Deprecated: getDeploymentsV2,
  GetLatestDeploymentV2Deprecated: getLatestDeploymentV2,
  CreateDeploymentV1Deprecated: createDeploymentV1,
  GetDeploymentInfoV1Deprecated: getDeploymentV1,
  GetDeploymentsV1Deprecated: getDeploymentsV1,
  GetLatestDeploymentV1Deprecated: getLatestDeploymentV1,
  GetPingServiceEndpoints: getPingServiceEndpoints,
  GetPingServiceEndpointsDeprecated: getPingServiceEndpoints,
  GetFleets: getFleets,
  CreateFleet: createFleet,
  GetFleet: getFleet,
  UpdateFleet: updateFleet,
  GetFleetRegion: getFleetRegion,
  UpdateFleetRegion: updateFleetRegion,
  DeprecatedUpdateFleetRegionV2: updateCloudMinVcpus,
  GetFleetMetrics: getFleetMetrics,
  GetFleetRegionMetrics: getFleetRegionMetrics,
  GetNodeShapes: getNodeShapes,
  GetFleetsDeprecated: getFleetsV1,
  CreateFleetDeprecated: createFleetV1,
  GetFleetDeprecated: getFleetV1,
  UpdateFleetDeprecated: updateFleetV1,
  GetFleetRegionDeprecated: getFleetRegion,
  UpdateFleetRegionDeprecated: updateCloudMinVcpus,
  GetFleetMetricsDeprecated: getFleetMetrics,
  GetFleetRegionMetricsDeprecated: getFleetRegionMetrics,
  ListProvisionedNodes: listProvisionedNodes,
  GetNode: getNode,
  CreateBackup: createBackup,
  CompleteUpload: completeUpload,
  GetEvents: getEvents,
  GetProcessView: getProcessView,
  GetRegions: getRegions,
  UploadBuildFile: uploadBuildFile,
  UploadBuildPart: uploadBuildPart,
  WhoAmI: whoAmI,
  RotateAppSecret: rotateAppSecret,
  CreatePrivateLobbyDeprecated: createPrivateLobbyV1,
  CreatePublicLobbyDeprecated: createPublicLobbyV1,
  ListActivePublicLobbiesDeprecatedV1: listLobbiesV1,
  CreateLobbyDeprecated: createLobbyDeprecated,
  CreateLocalLobby: createLocalLobby,
  CreatePrivateLobby: createPrivateLobby,
  CreatePublicLobby: createPublicLobby,
  GetLobbyInfo: getLobbyInfo,
  ListActivePublicLobbiesDeprecatedV2: listLobbiesV2,
  SetLobbyState: setLobbyState,
  CreateLobby: createLobby,
  GetLobbyInfoByRoomId: getLobbyInfoByRoomId,
  GetLobbyInfoByShortCode: getLobbyInfoByShortCode,
  ListActivePublicLobbies: listActivePublicLobbies,
  DownloadLogForProcess: downloadLogForProcess,
  GetLogsForProcess: getLogsForProcess,
  GetMetricsDeprecated: getMetricsV1,
  CreateProcess: createProcess,
  GetLatestProcesses: getLatestProcesses,
  GetProcess: getProcessRecord,
  GetProcessMetrics: getProcessMetrics,
  GetProcessesCountExperimental: getProcessesCount,
  StopProcess: stopProcess,
  CreateProcessV2Deprecated: createProcessV2,
  GetLatestProcessesV2Deprecated: getLatestProcessesV2,
  GetProcessInfoV2Deprecated: getProcessV2,
  GetProcessesCountExperimentalV2Deprecated: getProcessesCount,
  StopProcessV2Deprecated: stopProcess,
  GetProcessInfoDeprecated: getProcessV1,
  GetRunningProcesses: getRunningProcesses,
  GetStoppedProcesses: getStoppedProcesses,
  CreateRoomDeprecated: createRoomV1,
  DestroyRoomDeprecated: destroyRoom,
  GetActiveRoomsForProcessDeprecated: getActiveRooms,
  GetConnectionInfoDeprecated: getConnectionInfoV1,
  GetInactiveRoomsForProcessDeprecated: getInactiveRooms,
  GetRoomInfoDeprecated: getRoomInfo,
  SuspendRoomDeprecated: suspendRoom,
  CreateRoom: createRoom,
  DestroyRoom: destroyRoom,
  GetActiveRoomsForProcess: getActiveRooms,
  GetConnectionInfo: getConnectionInfo,
  GetInactiveRoomsForProcess: getInactiveRooms,
  GetRoomInfo: getRoomInfo,
  GetRooms: getRooms,
  DrainNode: drainNode,
  DrainProcess: drainProcess,
  GetAllocations: getAllocations,
  GetLoadBalancer: getLoadBalancer,
  GetNodes: getNodes,
  ResumeNode: resumeNode,
  StopGames: stopGames,
  ResumeRoom: resumeRoom,
  SuspendRoomV2Deprecated: suspendRoom,
  UpdateRoomConfig: updateRoomConfig,
  CreateOrgToken: createOrgToken,
  GetOrgTokens: getOrgTokens,
  RevokeOrgToken: revokeOrgToken,
  GetOrgs: getOrgs,
  GetUserPendingInvites: getUserPendingInvites,
  InviteUser: inviteUser,
  UpdateUserInvite: updateUserInvite,
  RescindInvite: rescindInvite,
  AcceptInvite: acceptInvite,
  RejectInvite: rejectInvite,
  GetOrgPendingInvites: getOrgPendingInvites,
  GetOrgMembers: getOrgMembers,
  SendVerificationEmail: sendVerificationEmail,
  CreatePersonalLink: createPersonalLink,
  ChangeMember: changeMember,
  RemoveMember: removeMember,
  CreateOrg: createOrg,
  GetAllOrgs: getAllOrgs,
  ChangeOrg: changeOrg,
  GetBalance: getBalance,
  GetInvoices: getInvoices,
  GetPaymentMethod: getPaymentMethod,
  GetUpcomingInvoiceItems: getUpcomingInvoiceItems,
  GetUpcomingInvoiceTotal: getUpcomingInvoiceTotal,
  InitStripeCustomerPortalUrl: initStripeCustomerPortalUrl,
  GetUsageLimits: getUsageLimits,
  GetUsage: getUsage,
  GetUsageReport: getUsageReport,
}
