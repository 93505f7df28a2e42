// Made by scripts/generate.ts from the contract. Do not edit.

/* oxlint-disable max-lines -- all types of the API in one place */
import type { FormFile } from '../form.ts'

/** A string of a known set. A newer server may answer others. */
export type Open<Known extends string> = Known | (string & {})

/** A bank account. */
export interface AchPaymentMethod {
  last4?: string | undefined
  bankName?: string | undefined
}

/** A room whose process runs. */
export interface ActiveConnectionInfo {
  /** The id of a room, unique in its application. */
  roomId: string
  status: ActiveConnectionInfoStatus
  /** The host name or address to connect to. */
  host: string
  /** The port to connect to. */
  port: number
  transportType: TransportType
}

/** Players can connect. */
export type ActiveConnectionInfoStatus = Open<'active'>
export const ActiveConnectionInfoStatus = { Active: 'active' } as const

/** How a process' connections are counted; with `none` they are unknown and it is never idle. */
export type ActivityMeasure = Open<'cgroup' | 'sockets' | 'nftables' | 'none'>
export const ActivityMeasure = {
  Cgroup: 'cgroup',
  Sockets: 'sockets',
  Nftables: 'nftables',
  None: 'none',
} as const

/** May do everything. */
export type AdminScope = Open<'admin'>
export const AdminScope = { Admin: 'admin' } as const

/** How the static allocation of a region stands. */
export interface AllocationView {
  region: Region
  /** Never fewer are running. */
  minProcesses: number
  /** How many are kept running now; the autoscaler moves it where it is on. */
  targetProcesses: number
  /** Never more are there. */
  maxProcesses: number
  /** The deployment they are of; null while there is none. */
  deploymentId: string | null
  /** Those of this deployment that run. */
  running: number
  /** Those of this deployment that start. */
  starting: number
  /** Those of older deployments that are still there. */
  outdated: number
  /**
   * Why the last one failed, while new ones keep failing, or why there is no room for one; null
   * when all is well.
   */
  problem: string | null
  /** When the next one is tried; null when all is well, and when something has to end first. */
  retryAt: Date | null
  /** Why the target is what it is; null where autoscaling is off. */
  scaling: ScalingView | null
}

/** The whole configuration of an application. */
export interface AppConfigWithServiceConfig {
  /** Lower-case letters, digits and dashes, at most 64; unique in the organization. */
  appName: string
  authConfiguration: AuthConfiguration
  serviceConfig?: ServiceConfigWrite | undefined
}

/** What an application used in a month. */
export interface AppUsageView {
  /** The id of an application. */
  appId: string
  /** Its name; that of a deleted one as it was then. */
  appName: string
  /** Requested vCPU times hours. */
  vcpuHours: number
  /** Requested GB of memory times hours. */
  memoryGbHours: number
  /** GB that left the processes, where that is measured. */
  egressGb: number
  /** What it would cost by the prices of the month. */
  amount: number
}

/** One game in one environment. */
export interface Application {
  /** The id of an application. */
  appId: string
  /** Lower-case letters, digits and dashes, at most 64; unique in the organization. */
  appName: string
  /** The id of an organization. */
  orgId: string
  /** Signs player tokens; the game server gets it as `HATHORA_APP_SECRET`. */
  appSecret: string
  authConfiguration: AuthConfiguration
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** Who deleted it: an e-mail address or the id of a token. */
  deletedBy: string | null
  /** Null when none was ever given. */
  serviceConfig: ApplicationServiceConfig | null
}

/** What an application keeps running by itself. */
export interface ApplicationServiceConfig {
  /** One entry per region. */
  staticProcessAllocation: Array<StaticProcessAllocationConfig>
  processAutoscalerConfig?: ProcessAutoscalerConfig | undefined
  loadBalancer?: LoadBalancerConfig | undefined
}

/** An application with its newest deployment; without one when it was never deployed. */
export interface ApplicationWithLatestDeploymentAndBuild {
  /** The id of an application. */
  appId: string
  /** Lower-case letters, digits and dashes, at most 64; unique in the organization. */
  appName: string
  /** The id of an organization. */
  orgId: string
  /** Signs player tokens; the game server gets it as `HATHORA_APP_SECRET`. */
  appSecret: string
  authConfiguration: AuthConfiguration
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** Who deleted it: an e-mail address or the id of a token. */
  deletedBy: string | null
  /** Null when none was ever given. */
  serviceConfig: ApplicationWithLatestDeploymentAndBuildServiceConfig | null
  deployment?: ApplicationWithLatestDeploymentAndBuildDeployment | undefined
}

/** A deployment with its build. */
export interface ApplicationWithLatestDeploymentAndBuildDeployment {
  /** The id of a deployment. */
  deploymentId: string
  /** The id of an application. */
  appId: string
  /** The id of a build: made by the server, or chosen when the build was created. */
  buildId: string
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | undefined
  /** A label of your own beside the deployment, at most 1,000 characters. */
  deploymentTag?: string | undefined
  /** The id of a fleet. */
  fleetId?: string | undefined
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled: boolean
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  defaultContainerPort: ContainerPort
  /** The other ports. */
  additionalContainerPorts: Array<ContainerPort>
  /** Cores of each process, in hundredths, at least 0.25. */
  requestedCPU: number
  /**
   * Memory of each process in MB, a whole number from 512 to the organization's maximum (8,192 by
   * default).
   */
  requestedMemoryMB: number
  /** GPUs of each process, a whole number; 0 when left out. */
  requestedGPU?: number | undefined
  /** GPUs of each process, a whole number; 0 when left out. */
  experimentalRequestedGPU?: number | undefined
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** The environment of the game server. */
  env: Array<ApplicationWithLatestDeploymentAndBuildEnv>
  build: BuildV3
}

/** An application with its newest deployment; without one when it was never deployed. */
export interface ApplicationWithLatestDeploymentAndBuildDeprecated {
  /** The id of an application. */
  appId: string
  /** Lower-case letters, digits and dashes, at most 64; unique in the organization. */
  appName: string
  /** The id of an organization. */
  orgId: string
  /** Signs player tokens; the game server gets it as `HATHORA_APP_SECRET`. */
  appSecret: string
  authConfiguration: AuthConfiguration
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** Who deleted it: an e-mail address or the id of a token. */
  deletedBy: string | null
  /** Null when none was ever given. */
  serviceConfig: ServiceConfig | null
  deployment?: Deployment | undefined
}

/** One variable of the environment of the game server. */
export interface ApplicationWithLatestDeploymentAndBuildDeprecatedEnv {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

/** One variable of the environment of the game server. */
export interface ApplicationWithLatestDeploymentAndBuildEnv {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

/** What an application keeps running by itself. */
export interface ApplicationWithLatestDeploymentAndBuildServiceConfig {
  /** One entry per region. */
  staticProcessAllocation: Array<StaticProcessAllocationConfig>
  processAutoscalerConfig?: ProcessAutoscalerConfig | undefined
  loadBalancer?: LoadBalancerConfig | undefined
}

export interface ApplicationsPage {
  applications: Array<ApplicationWithLatestDeploymentAndBuild>
}

/** The ways in which players may log in; `{}` for none. */
export interface AuthConfiguration {
  anonymous?: RecordStringNever | undefined
  nickname?: RecordStringNever | undefined
  google?: Google | undefined
}

/** When a fleet grows. */
export interface AutoscalerConfig {
  /** Use of the vCPU, in percent, from which on machines would be added; 100 turns it off. */
  scaleUpThreshold: number
}

export interface AutoscalerTargetMetric {
  metricName: MetricName
  /** The value per process to aim for. */
  metricValue: number
}

/** Something a driver can start, as the older versions show it. */
export interface Build {
  /** The number of a build: 1, 2, … in its organization. */
  buildId: number
  /** The id of an application. */
  appId: string
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | null | undefined
  status: BuildStatus
  /** Bytes of the unpacked build; 0 until it has succeeded. */
  imageSize: number
  /** Always empty: a build is not copied to regions. */
  regionalContainerTags: Array<RegionalContainerTags>
  /** When the build was created. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When RunBuild began; null before. */
  startedAt: Date | null
  /** When it succeeded or failed; null before. */
  finishedAt: Date | null
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** When it was removed for its age. */
  expiredAt?: Date | undefined
}

/** A part of an upload. */
export interface BuildPart {
  /** Counted from 1. */
  partNumber: number
  /** PUT the bytes of the part here, without a token. */
  putRequestUrl: string
}

/**
 * `created` waits for its content and RunBuild, `running` is being built; a deployment needs
 * `succeeded`.
 */
export type BuildStatus = Open<'created' | 'running' | 'succeeded' | 'failed'>
export const BuildStatus = {
  Created: 'created',
  Running: 'running',
  Succeeded: 'succeeded',
  Failed: 'failed',
} as const

/** The form that uploads the archive of a build. */
export interface BuildUploadForm {
  /** Of `uploadBodyParams`: until when the form holds. */
  expires: string
  /** Of `uploadBodyParams`: the permission to upload. */
  signature: string
  /** A gzipped tar, behind the fields. */
  file: FormFile
}

/** Something a driver can start: an archive or an image. */
export interface BuildV3 {
  /** The id of a build: made by the server, or chosen when the build was created. */
  buildId: string
  /** The id of an organization. */
  orgId: string
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | undefined
  status: BuildStatus
  /** Bytes of the unpacked build; 0 until it has succeeded. */
  imageSize: number
  /** A hash of the content, once it is known. */
  contentHash?: string | undefined
  /** Where the build can be fetched, if anywhere. */
  shareUrl?: string | undefined
  /** When the build was created. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When RunBuild began; null before. */
  startedAt: Date | null
  /** When it succeeded or failed; null before. */
  finishedAt: Date | null
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** When it was removed for its age. */
  expiredAt?: Date | undefined
}

/** A new build and the URLs its archive is uploaded to, in parts. */
export interface BuildWithMultipartUrls {
  /** The number of a build: 1, 2, … in its organization. */
  buildId: number
  /** The id of an application. */
  appId: string
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | null | undefined
  status: BuildStatus
  /** Bytes of the unpacked build; 0 until it has succeeded. */
  imageSize: number
  /** Always empty: a build is not copied to regions. */
  regionalContainerTags: Array<BuildWithMultipartUrlsRegionalContainerTags>
  /** When the build was created. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When RunBuild began; null before. */
  startedAt: Date | null
  /** When it succeeded or failed; null before. */
  finishedAt: Date | null
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** When it was removed for its age. */
  expiredAt?: Date | undefined
  /** Part N holds the bytes from `maxChunkSize * (N - 1)` up to `maxChunkSize * N` or the end. */
  uploadParts: Array<BuildPart>
  /** Bytes of each part but the last. */
  maxChunkSize: number
  /** POST the list of parts and their ETags here when all are uploaded, without a token. */
  completeUploadPostRequestUrl: string
}

/** An image of a build in a region. */
export interface BuildWithMultipartUrlsRegionalContainerTags {
  /** The tag there. */
  containerTag: string
  region: Region
}

/** A new build, and the form its archive is uploaded with. */
export interface BuildWithUploadUrl {
  /** The number of a build: 1, 2, … in its organization. */
  buildId: number
  /** The id of an application. */
  appId: string
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | null | undefined
  status: BuildStatus
  /** Bytes of the unpacked build; 0 until it has succeeded. */
  imageSize: number
  /** Always empty: a build is not copied to regions. */
  regionalContainerTags: Array<BuildWithUploadUrlRegionalContainerTags>
  /** When the build was created. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When RunBuild began; null before. */
  startedAt: Date | null
  /** When it succeeded or failed; null before. */
  finishedAt: Date | null
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** When it was removed for its age. */
  expiredAt?: Date | undefined
  /** POST a form with the fields and then the archive as `file` here. */
  uploadUrl: string
  /** The fields of that form. They carry the permission to upload, for an hour. */
  uploadBodyParams: Array<UploadBodyParams>
}

/** An image of a build in a region. */
export interface BuildWithUploadUrlRegionalContainerTags {
  /** The tag there. */
  containerTag: string
  region: Region
}

export interface BuildsV3Page {
  /** Newest first. */
  builds: Array<BuildV3>
}

/** Who issued a card. */
export type CardBrand = Open<
  | 'amex'
  | 'cartes_bancaires'
  | 'diners'
  | 'discover'
  | 'jcb'
  | 'mastercard'
  | 'visa'
  | 'unionpay'
  | 'card'
>
export const CardBrand = {
  Amex: 'amex',
  CartesBancaires: 'cartes_bancaires',
  Diners: 'diners',
  Discover: 'discover',
  Jcb: 'jcb',
  Mastercard: 'mastercard',
  Visa: 'visa',
  Unionpay: 'unionpay',
  Card: 'card',
} as const

/** A card. */
export interface CardPaymentMethod {
  last4: string
  brand: CardBrand
}

/** Where players reach the default port of a room. */
export type ConnectionInfo = ActiveConnectionInfo | StartingConnectionInfo

/** Where players reach a room; `exposedPort` stands there once the status is `active`. */
export interface ConnectionInfoV2 {
  /** The id of a room, unique in its application. */
  roomId: string
  status: RoomReadyStatus
  exposedPort?: ExposedPort | undefined
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
}

/** A port that the game server listens on. */
export interface ContainerPort {
  transportType: TransportType
  /** The port the game server listens on. */
  port: number
  /** Lower-case letters, digits and dashes; becomes `HATHORA_<NAME>_PORT` in the process. */
  name: string
}

/** A new application. */
export interface CreateAppConfig {
  /** Lower-case letters, digits and dashes, at most 64; unique in the organization. */
  appName: string
  authConfiguration: AuthConfiguration
  loadBalancer?: LoadBalancerConfig | undefined
}

export interface CreateBuildParams {
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | undefined
}

export interface CreateBuildV3Params {
  /** A build id of your own: letters, digits, `_` and `-`, not used before. Left out: one is made. */
  buildId?: string | undefined
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | undefined
}

/** A new fleet. */
export interface CreateFleet {
  /** Unique in the organization: 1 to 64 letters, digits, `-` and `_`. */
  name: string
  nodeShape: NodeShape
  autoscalerConfig: AutoscalerConfig
}

/** A new fleet. */
export interface CreateFleetV2 {
  /** Unique in the organization: 1 to 64 letters, digits, `-` and `_`. */
  name: string
  nodeShapeId: NodeShapeId
  autoscalerConfig: AutoscalerConfig
}

/** What kind of lobby, and where. */
export interface CreateLobbyParams {
  visibility: LobbyVisibility
  /**
   * Anything the game server needs to know; less than 64 KB as JSON. It is the room’s config, as
   * JSON.
   */
  initialConfig?: unknown
  region: Region
}

/** What kind of lobby, and where. */
export interface CreateLobbyV3Params {
  visibility: LobbyVisibility
  region: Region
  /** Anything the game server needs to know, at most 10,000 characters. */
  roomConfig?: string | undefined
}

/** Where, and what for. */
export interface CreateLocalLobbyRequestBody {
  /**
   * Anything the game server needs to know; less than 64 KB as JSON. It is the room’s config, as
   * JSON.
   */
  initialConfig?: unknown
  region: Region
}

export interface CreateMultipartBuildParams {
  /** A build id of your own: letters, digits, `_` and `-`, not used before. Left out: one is made. */
  buildId?: string | undefined
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | undefined
  /**
   * The exact size of the gzipped tar that will be uploaded, at most 10 GiB unless the installation
   * says otherwise.
   */
  buildSizeInBytes: number
}

/** A new token. */
export interface CreateOrgToken {
  /** What the token is for; unique among the tokens of the organization that are not revoked. */
  name: string
  /** What it may do; everything when left out. Nobody can grant what they lack. */
  scopes?: Array<Scope> | Scopes2 | undefined
}

/** Where, and what for. */
export interface CreatePrivateLobbyRequestBody {
  /**
   * Anything the game server needs to know; less than 64 KB as JSON. It is the room’s config, as
   * JSON.
   */
  initialConfig?: unknown
  region: Region
}

/** Where, and what for. */
export interface CreatePublicLobbyRequestBody {
  /**
   * Anything the game server needs to know; less than 64 KB as JSON. It is the room’s config, as
   * JSON.
   */
  initialConfig?: unknown
  region: Region
}

/** What kind of room, and where. */
export interface CreateRoomParams {
  region: Region
  /** Anything the game server needs to know, at most 10,000 characters. */
  roomConfig?: string | undefined
  /** The deployment whose processes may hold the room; the newest when left out. */
  deploymentId?: string | undefined
  /** Addresses of the players, for drivers that can admit by address. */
  clientIPs?: Array<string> | undefined
}

/** A new invite. */
export interface CreateUserInvite {
  /** The e-mail address that a person is known by; upper and lower case are the same. */
  userEmail: string
  /** A role or a list of scopes; admin when left out. Nobody can grant what they lack. */
  scopes?: UserRole | Array<Scope> | undefined
}

/** A new build and the URLs its archive is uploaded to. */
export interface CreatedBuildV3WithMultipartUrls {
  /** The id of a build: made by the server, or chosen when the build was created. */
  buildId: string
  /** The id of an organization. */
  orgId: string
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | undefined
  status: BuildStatus
  /** Bytes of the unpacked build; 0 until it has succeeded. */
  imageSize: number
  /** A hash of the content, once it is known. */
  contentHash?: string | undefined
  /** Where the build can be fetched, if anywhere. */
  shareUrl?: string | undefined
  /** When the build was created. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When RunBuild began; null before. */
  startedAt: Date | null
  /** When it succeeded or failed; null before. */
  finishedAt: Date | null
  /** When it was deleted; null while it is there. */
  deletedAt: Date | null
  /** When it was removed for its age. */
  expiredAt?: Date | undefined
  /** Part N holds the bytes from `maxChunkSize * (N - 1)` up to `maxChunkSize * N` or the end. */
  uploadParts: Array<BuildPart>
  /** Bytes of each part but the last. */
  maxChunkSize: number
  /** POST the list of parts and their ETags here when all are uploaded, without a token. */
  completeUploadPostRequestUrl: string
}

/** An organization with its first token. */
export interface CreatedOrg {
  org: OrgView
  orgToken: OrgToken
  /** The secret of its first admin token. It is shown this one time. */
  plainTextToken: string
}

/** A token with its secret. */
export interface CreatedOrgToken {
  orgToken: OrgToken
  /** The secret. It is shown this one time. */
  plainTextToken: string
}

/** The stay of a room on a process. */
export interface CurrentAllocation {
  /** The id of this stay on a process: a UUID. */
  roomAllocationId: string
  /** The id of a process: a UUID. */
  processId: string
  /** When the room was placed on the process. */
  scheduledAt: Date
  /** When it left the process; null while it is there. */
  unscheduledAt: Date | null
}

export interface CustomerPortalUrl {
  /** Where the page leads back to: an http or https address. */
  returnUrl: string
}

/** Empty. */
export type DeletedBuild = Record<string, never>

/** A deployment with its build. */
export interface Deployment {
  /** The number of a deployment: 1, 2, … in its application. */
  deploymentId: number
  /** The id of an application. */
  appId: string
  /** The number of a build: 1, 2, … in its organization. */
  buildId: number
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled: boolean
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  defaultContainerPort: ContainerPort
  /** The other ports. */
  additionalContainerPorts: Array<ContainerPort>
  /** Cores of each process, in hundredths, at least 0.25. */
  requestedCPU: number
  /**
   * Memory of each process in MB, a whole number from 512 to the organization's maximum (8,192 by
   * default).
   */
  requestedMemoryMB: number
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** The environment of the game server. */
  env: Array<ApplicationWithLatestDeploymentAndBuildDeprecatedEnv>
  build: Build
}

/** How a new deployment runs its build. */
export interface DeploymentConfig {
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled?: boolean | undefined
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  /** The port the game server listens on. */
  containerPort: number
  transportType: TransportType
  /** Other ports the server listens on, with names of their own; `default` is taken. */
  additionalContainerPorts?: Array<ContainerPort> | undefined
  planName: PlanName
  /** The environment of the game server, at most 100 variables. */
  env: Array<DeploymentConfigEnv>
}

/** One variable of the environment of the game server. */
export interface DeploymentConfigEnv {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

/** How a new deployment runs its build. */
export interface DeploymentConfigV2 {
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled: boolean
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  /** The port the game server listens on. */
  containerPort: number
  transportType: TransportType
  /** Other ports the server listens on, with names of their own; `default` is taken. */
  additionalContainerPorts?: Array<ContainerPort> | undefined
  /** The environment of the game server, at most 100 variables. */
  env: Array<DeploymentConfigV2Env>
  /** Cores of each process, in hundredths, at least 0.25. */
  requestedCPU: number
  /**
   * Memory of each process in MB, a whole number from 512 to the organization's maximum (8,192 by
   * default).
   */
  requestedMemoryMB: number
}

/** One variable of the environment of the game server. */
export interface DeploymentConfigV2Env {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

/** What a new deployment runs, and how. */
export interface DeploymentConfigV3 {
  /** The id of a build: made by the server, or chosen when the build was created. */
  buildId: string
  /** A label of your own beside the deployment, at most 1,000 characters. */
  deploymentTag?: string | undefined
  /** The id of a fleet. */
  fleetId?: string | undefined
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled: boolean
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  /** The port the game server listens on. */
  containerPort: number
  transportType: TransportType
  /** Other ports the server listens on, with names of their own; `default` is taken. */
  additionalContainerPorts?: Array<ContainerPort> | undefined
  /** The environment of the game server, at most 100 variables. */
  env: Array<DeploymentConfigV3Env>
  /** Cores of each process, in hundredths, at least 0.25. */
  requestedCPU: number
  /**
   * Memory of each process in MB, a whole number from 512 to the organization's maximum (8,192 by
   * default).
   */
  requestedMemoryMB: number
  /** GPUs of each process, a whole number; 0 when left out. */
  requestedGPU?: number | undefined
  /** GPUs of each process, a whole number; 0 when left out. */
  experimentalRequestedGPU?: number | undefined
}

/** One variable of the environment of the game server. */
export interface DeploymentConfigV3Env {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

/**
 * A build and how to run it. Of one that another version made, the plan is the smallest that has
 * both its CPU and its memory, else `large`.
 */
export interface DeploymentV1 {
  /** The number of a deployment: 1, 2, … in its application. */
  deploymentId: number
  /** The id of an application. */
  appId: string
  /** The number of a build: 1, 2, … in its organization. */
  buildId: number
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled?: boolean | undefined
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  defaultContainerPort: ContainerPort
  /** The other ports. */
  additionalContainerPorts: Array<ContainerPort>
  /** Cores of each process, in hundredths, at least 0.25. */
  requestedCPU: number
  /** Memory of each process in MB. */
  requestedMemoryMB: number
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  planName: PlanName
  /** The number of the default port. */
  containerPort: number
  transportType: DeploymentV1TransportType
  /** The environment of the game server. */
  env: Array<Env>
}

/** The protocol of the default port. */
export type DeploymentV1TransportType = Open<'tcp' | 'udp' | 'tls'>
export const DeploymentV1TransportType = { Tcp: 'tcp', Udp: 'udp', Tls: 'tls' } as const

/** A build and how to run it. */
export interface DeploymentV2 {
  /** The number of a deployment: 1, 2, … in its application. */
  deploymentId: number
  /** The id of an application. */
  appId: string
  /** The number of a build: 1, 2, … in its organization. */
  buildId: number
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled: boolean
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  defaultContainerPort: ContainerPort
  /** The other ports. */
  additionalContainerPorts: Array<ContainerPort>
  /** Cores of each process, in hundredths, at least 0.25. */
  requestedCPU: number
  /**
   * Memory of each process in MB, a whole number from 512 to the organization's maximum (8,192 by
   * default).
   */
  requestedMemoryMB: number
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** The environment of the game server. */
  env: Array<DeploymentV2Env>
}

/** One variable of the environment of the game server. */
export interface DeploymentV2Env {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

/** A build and how to run it. Never changes; new processes use the newest. */
export interface DeploymentV3 {
  /** The id of a deployment. */
  deploymentId: string
  /** The id of an application. */
  appId: string
  /** The id of a build: made by the server, or chosen when the build was created. */
  buildId: string
  /** A version of your own beside the build, at most 1,000 characters. */
  buildTag?: string | undefined
  /** A label of your own beside the deployment, at most 1,000 characters. */
  deploymentTag?: string | undefined
  /** The id of a fleet. */
  fleetId?: string | undefined
  /** Whether a process ends after five minutes without a connection. */
  idleTimeoutEnabled: boolean
  /** How many rooms one process holds, 1 to 10,000. */
  roomsPerProcess: number
  defaultContainerPort: ContainerPort
  /** The other ports. */
  additionalContainerPorts: Array<ContainerPort>
  /** Cores of each process, in hundredths, at least 0.25. */
  requestedCPU: number
  /**
   * Memory of each process in MB, a whole number from 512 to the organization's maximum (8,192 by
   * default).
   */
  requestedMemoryMB: number
  /** GPUs of each process, a whole number; 0 when left out. */
  requestedGPU?: number | undefined
  /** GPUs of each process, a whole number; 0 when left out. */
  experimentalRequestedGPU?: number | undefined
  /** When it was made. */
  createdAt: Date
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** The environment of the game server. */
  env: Array<DeploymentV3Env>
}

/** One variable of the environment of the game server. */
export interface DeploymentV3Env {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

export interface DeploymentsV3Page {
  /** Newest first, at most 1,000. */
  deployments: Array<DeploymentV3>
  /** Give it back to get the next page; absent on the last. */
  nextPageToken?: string | undefined
}

/** A measure of a process over time; units stand beside the fields of DeprecatedProcessMetricsData. */
export type DeprecatedProcessMetricName = Open<
  'cpu' | 'memory' | 'rate_egress' | 'total_egress' | 'active_connections'
>
export const DeprecatedProcessMetricName = {
  Cpu: 'cpu',
  Memory: 'memory',
  RateEgress: 'rate_egress',
  TotalEgress: 'total_egress',
  ActiveConnections: 'active_connections',
} as const

/** A series per metric that was asked for; an empty one could not be measured. */
export interface DeprecatedProcessMetricsData {
  /** Cores in use; 0.25 is a quarter of one core. */
  cpu?: Array<MetricValue> | undefined
  /** Resident bytes. */
  memory?: Array<MetricValue> | undefined
  /** Bytes per second that leave the process. */
  rate_egress?: Array<MetricValue> | undefined
  /** Bytes that left the process since its start. */
  total_egress?: Array<MetricValue> | undefined
  /** Connected players, or peers that sent something lately over UDP. */
  active_connections?: Array<MetricValue> | undefined
}

/** One variable of the environment of the game server. */
export interface Env {
  /** Letters, digits and `_`, not starting with a digit. */
  name: string
  /** At most 5,000 characters. */
  value: string
}

/** The kind of record that changed. */
export type EventKind = Open<
  'application' | 'build' | 'deployment' | 'member' | 'fleet' | 'process' | 'room' | 'token'
>
export const EventKind = {
  Application: 'application',
  Build: 'build',
  Deployment: 'deployment',
  Member: 'member',
  Fleet: 'fleet',
  Process: 'process',
  Room: 'room',
  Token: 'token',
} as const

/** Where players reach one of the ports of a process. */
export interface ExposedPort {
  transportType: TransportType
  /** The port to connect to. */
  port: number
  /** The host name or address to connect to. */
  host: string
  /** The name of the container port behind it. */
  name: string
}

/** A named pool of machines. */
export interface Fleet {
  /** The id of a fleet. */
  fleetId: string
  /** The id of an organization. */
  orgId: string
  /** Unique in the organization: 1 to 64 letters, digits, `-` and `_`. */
  name: string
  autoscalerConfig?: AutoscalerConfig | undefined
  nodeShape: NodeShape
  errorState?: PartialRecordRegionFleetErrorState | undefined
}

/** What is wrong with a fleet in a region. */
export interface FleetErrorState {
  /** Whether something is wrong now. */
  inError: boolean
  /** What is wrong. */
  lastErrorMessage: string | null
  /** Where more is said; null: nowhere. */
  lastErrorLogId: string | null
  /** When it was seen last; null: it holds now. */
  lastErrorTimestamp: Date | null
}

/** A measure of a fleet over time, in vCPU. */
export type FleetMetricName = Open<
  'provisionedTotal' | 'provisionedBareMetal' | 'provisionedCloud' | 'utilized' | 'systemOverhead'
>
export const FleetMetricName = {
  ProvisionedTotal: 'provisionedTotal',
  ProvisionedBareMetal: 'provisionedBareMetal',
  ProvisionedCloud: 'provisionedCloud',
  Utilized: 'utilized',
  SystemOverhead: 'systemOverhead',
} as const

/** A series, in vCPU, per metric that was asked for; an empty one is not measured. */
export interface FleetMetricsData {
  /** vCPU of the machines that the fleet may use. */
  provisionedTotal?: Array<MetricValue> | undefined
  /** Those of machines that are simply there. */
  provisionedBareMetal?: Array<MetricValue> | undefined
  /** Those of machines that were rented. */
  provisionedCloud?: Array<MetricValue> | undefined
  /** vCPU that its processes request. */
  utilized?: Array<MetricValue> | undefined
  /** What machines use beside processes; not measured: always empty. */
  systemOverhead?: Array<MetricValue> | undefined
}

/** What is wished for a fleet in a region. */
export interface FleetRegion {
  /** How many machines the fleet is meant to have here at least. */
  nodeBaseline: number
  /** The same in vCPU: a multiple of `scaleIncrementVcpus` that can be changed once in five minutes. */
  cloudMinVcpus: number
  /** The vCPU of one machine of the shape of the fleet. */
  scaleIncrementVcpus: number
  /** When `cloudMinVcpus` was changed last; when the fleet was made while it never was. */
  cloudMinVcpusUpdatedAt: Date
}

/** What is wished for a fleet in a region. */
export interface FleetRegionConfig {
  /** The same in vCPU: a multiple of `scaleIncrementVcpus` that can be changed once in five minutes. */
  cloudMinVcpus: number
}

/** What is wished for a fleet in a region. */
export interface FleetRegionConfigV2 {
  /** How many machines the fleet is meant to have here at least. */
  nodeBaseline: number
}

/** A named pool of machines. */
export interface FleetV2 {
  /** The id of a fleet. */
  fleetId: string
  /** The id of an organization. */
  orgId: string
  /** Unique in the organization: 1 to 64 letters, digits, `-` and `_`. */
  name: string
  autoscalerConfig?: AutoscalerConfig | undefined
  nodeShapeId: NodeShapeId
}

export interface FleetsPage {
  fleets: Array<Fleet>
}

export interface FleetsPageV2 {
  fleets: Array<FleetV2>
}

export interface GetProcessesCountExperimentalResponseBody {
  /** How many processes ever recorded match. */
  count: number
}

export interface GetProcessesCountExperimentalV2DeprecatedResponseBody {
  /** How many processes ever recorded match. */
  count: number
}

export interface GetUpcomingInvoiceTotalResponseBody {
  /** In the currency of the price list. */
  value: number
}

export interface Google {
  /** The client id that tokens must be made for. */
  clientId: string
}

/** Who the player is, by the word of Google. */
export interface GoogleIdTokenObject {
  /** An ID token that Google signed for the client id of the application. */
  idToken: string
}

/** The kind of machine a process runs on. */
export type Hosting = Open<'metal' | 'cloud' | 'shared'>
export const Hosting = { Metal: 'metal', Cloud: 'cloud', Shared: 'shared' } as const

/** What an organization used in a month that is over. */
export interface Invoice {
  status: InvoiceStatus
  /** By the price list, in its currency. */
  amountDue: number
  /** A page to print, for a day reachable by whoever has this address. */
  pdfUrl: string
  /** 30 days after the end of the month. */
  dueDate: Date
  /** The year of the month. */
  year: number
  /** The month (UTC), 1 to 12. */
  month: number
  /** The same each time. */
  id: string
}

/** What an application used of one thing. */
export interface InvoiceItem {
  /** There are none here: left out. */
  discount?: number | undefined
  /** Quantity times price, rounded as the currency is. */
  amount: number
  /** In the currency of the price list. */
  unitPrice: number
  quantity: number
  /** What is counted. */
  unit: string
  /** The application and what it used. */
  productName: string
}

export interface InvoiceItemPage {
  invoiceItems: Array<InvoiceItem>
}

/** `paid` when nothing is due, else `pending`, and `overdue` after its date. */
export type InvoiceStatus = Open<'pending' | 'paid' | 'overdue'>
export const InvoiceStatus = { Pending: 'pending', Paid: 'paid', Overdue: 'overdue' } as const

/** An account with a payment service. */
export interface LinkPaymentMethod {
  email?: string | undefined
}

export interface ListOrgTokens {
  /** Revoked ones too. */
  tokens: Array<OrgToken>
}

/** Spreads HTTP and WebSocket over the running processes. */
export interface LoadBalancerConfig {
  enabled: boolean
}

/** How the load balancer of an application stands. */
export interface LoadBalancerView {
  /** Whether the application wants it. */
  enabled: boolean
  /** Where it listens; empty while it is off, and for a moment after it was turned on. */
  urls: Array<string>
  /** The running processes that take requests: their default port is tcp. */
  processes: number
  /** Requests and WebSockets that are open now. */
  openRequests: number
  /** On average of the last ten seconds. */
  requestsPerSecond: number
  /** Why it does not listen at a port of its own; null when all is well. */
  problem: string | null
}

/** A room that a player made, as the older versions show it. */
export interface Lobby {
  /** A code for people to tell each other. */
  shortCode: string | null
  /** What the game server tells of the match; less than 1 MB as JSON. */
  state?: unknown
  /**
   * Anything the game server needs to know; less than 64 KB as JSON. It is the room’s config, as
   * JSON.
   */
  initialConfig?: unknown
  /** When it was made. */
  createdAt: Date
  /** The id of the player who made it. */
  createdBy: string | number
  visibility: LobbyVisibility
  region: Region
  /** The id of a room, unique in its application. */
  roomId: string
  /** The id of an application. */
  appId: string
  /** Whether its visibility is `local`. */
  local: boolean
}

/** A room that a player made. */
export interface LobbyV3 {
  /** A code for people to tell each other. Where several lobbies have it, it is the newest one’s. */
  shortCode: string
  /** When it was made. */
  createdAt: Date
  /** The id of the player who made it. */
  createdBy: string | number
  visibility: LobbyVisibility
  region: Region
  /** The id of a room, unique in its application. */
  roomId: string
  /** The id of an application. */
  appId: string
  /** Anything the game server needs to know, at most 10,000 characters. */
  roomConfig?: string | null | undefined
}

/**
 * `public` ones are listed; `private` ones are found by who knows their code or room; `local` ones
 * are for servers on the developer’s own machine.
 */
export type LobbyVisibility = Open<'private' | 'public' | 'local'>
export const LobbyVisibility = { Private: 'private', Public: 'public', Local: 'local' } as const

/** A change of a member. */
export interface MemberChange {
  /** What the member may do from now on. Nobody can grant what they lack. */
  scopes: UserRole | Array<Scope>
}

/** What the autoscaler looks at. */
export type MetricName = Open<'concurrent-requests'>
export const MetricName = { ConcurrentRequests: 'concurrent-requests' } as const

/** One point of a series. */
export interface MetricValue {
  value: number
  /** Unix time in seconds. */
  timestamp: number
}

/** A new organization. */
export interface NewOrg {
  /** What people call it. */
  name: string
}

/** Whose link it shall be: somebody invited, or a member. */
export interface NewPersonalLink {
  /** The e-mail address that a person is known by; upper and lower case are the same. */
  userEmail: string
}

/** A name that the player chose. */
export interface NicknameObject {
  /** What the player wants to be called: 1 to 100 characters. */
  nickname: string
}

/** Machines of one kind. */
export type NodeFamilyId = Open<
  | 'family-amd64-1-2'
  | 'family-amd64-1-4'
  | 'family-l4-1-4'
  | 'family-l4-1-12'
  | 'family-h100pcie'
  | 'family-h100sxm5'
  | 'family-h200sxm5'
>
export const NodeFamilyId = {
  FamilyAmd6412: 'family-amd64-1-2',
  FamilyAmd6414: 'family-amd64-1-4',
  FamilyL414: 'family-l4-1-4',
  FamilyL4112: 'family-l4-1-12',
  FamilyH100pcie: 'family-h100pcie',
  FamilyH100sxm5: 'family-h100sxm5',
  FamilyH200sxm5: 'family-h200sxm5',
} as const

/** A size of machine, as the older version names it: GPUs where there are any, cores, GB of memory. */
export type NodeShape = Open<
  | 'cpu-4-8'
  | 'cpu-8-16'
  | 'cpu-16-32'
  | 'cpu-32-64'
  | 'cpu-64-128'
  | 'cpu-4-16'
  | 'cpu-8-32'
  | 'cpu-16-64'
  | 'cpu-32-128'
  | 'gpu-l4-1-4-16'
  | 'gpu-l4-1-12-48'
  | 'gpu-l4-2-24-96'
  | 'gpu-l4-4-48-192'
  | 'gpu-l4-8-96-384'
  | 'gpu-h100-1-26-234'
  | 'gpu-h100-2-52-468'
  | 'gpu-h100-4-104-936'
  | 'gpu-h100-8-208-1872'
  | 'gpu-h100-1-28-180'
  | 'gpu-h100-2-60-360'
  | 'gpu-h100-4-124-720'
  | 'gpu-h100-8-252-1440'
  | 'gpu-h100-8-192-1800'
  | 'gpu-h100-8-192-960'
  | 'gpu-h100-1-16-200'
  | 'gpu-h100-8-128-1600'
  | 'gpu-h200-1-16-200'
  | 'gpu-h200-8-128-1600'
>
export const NodeShape = {
  Cpu48: 'cpu-4-8',
  Cpu816: 'cpu-8-16',
  Cpu1632: 'cpu-16-32',
  Cpu3264: 'cpu-32-64',
  Cpu64128: 'cpu-64-128',
  Cpu416: 'cpu-4-16',
  Cpu832: 'cpu-8-32',
  Cpu1664: 'cpu-16-64',
  Cpu32128: 'cpu-32-128',
  GpuL41416: 'gpu-l4-1-4-16',
  GpuL411248: 'gpu-l4-1-12-48',
  GpuL422496: 'gpu-l4-2-24-96',
  GpuL4448192: 'gpu-l4-4-48-192',
  GpuL4896384: 'gpu-l4-8-96-384',
  GpuH100126234: 'gpu-h100-1-26-234',
  GpuH100252468: 'gpu-h100-2-52-468',
  GpuH1004104936: 'gpu-h100-4-104-936',
  GpuH10082081872: 'gpu-h100-8-208-1872',
  GpuH100128180: 'gpu-h100-1-28-180',
  GpuH100260360: 'gpu-h100-2-60-360',
  GpuH1004124720: 'gpu-h100-4-124-720',
  GpuH10082521440: 'gpu-h100-8-252-1440',
  GpuH10081921800: 'gpu-h100-8-192-1800',
  GpuH1008192960: 'gpu-h100-8-192-960',
  GpuH100116200: 'gpu-h100-1-16-200',
  GpuH10081281600: 'gpu-h100-8-128-1600',
  GpuH200116200: 'gpu-h200-1-16-200',
  GpuH20081281600: 'gpu-h200-8-128-1600',
} as const

/** A size of machine. */
export type NodeShapeId = Open<
  | 'shape-amd64-4-8'
  | 'shape-amd64-8-16'
  | 'shape-amd64-16-32'
  | 'shape-amd64-32-64'
  | 'shape-amd64-64-128'
  | 'shape-amd64-4-16'
  | 'shape-amd64-8-32'
  | 'shape-amd64-16-64'
  | 'shape-amd64-32-128'
  | 'shape-l4-1-4'
  | 'shape-l4-1'
  | 'shape-l4-2'
  | 'shape-l4-4'
  | 'shape-l4-8'
  | 'shape-h100pcie-1'
  | 'shape-h100pcie-2'
  | 'shape-h100pcie-4'
  | 'shape-h100pcie-8'
  | 'shape-h100sxm5-1'
  | 'shape-h100sxm5-8'
  | 'shape-h200sxm5-1'
  | 'shape-h200sxm5-8'
>
export const NodeShapeId = {
  ShapeAmd6448: 'shape-amd64-4-8',
  ShapeAmd64816: 'shape-amd64-8-16',
  ShapeAmd641632: 'shape-amd64-16-32',
  ShapeAmd643264: 'shape-amd64-32-64',
  ShapeAmd6464128: 'shape-amd64-64-128',
  ShapeAmd64416: 'shape-amd64-4-16',
  ShapeAmd64832: 'shape-amd64-8-32',
  ShapeAmd641664: 'shape-amd64-16-64',
  ShapeAmd6432128: 'shape-amd64-32-128',
  ShapeL414: 'shape-l4-1-4',
  ShapeL41: 'shape-l4-1',
  ShapeL42: 'shape-l4-2',
  ShapeL44: 'shape-l4-4',
  ShapeL48: 'shape-l4-8',
  ShapeH100pcie1: 'shape-h100pcie-1',
  ShapeH100pcie2: 'shape-h100pcie-2',
  ShapeH100pcie4: 'shape-h100pcie-4',
  ShapeH100pcie8: 'shape-h100pcie-8',
  ShapeH100sxm51: 'shape-h100sxm5-1',
  ShapeH100sxm58: 'shape-h100sxm5-8',
  ShapeH200sxm51: 'shape-h200sxm5-1',
  ShapeH200sxm58: 'shape-h200sxm5-8',
} as const

/** A size of machine, and what it has. */
export interface NodeShapeV2 {
  nodeShapeId: NodeShapeId
  /** In words. Says so where no machine of this installation is as large. */
  name: string
  familyId: NodeFamilyId
  /** The family, in words. */
  familyName: string
  /** Cores that such a machine has at least. */
  minCPU: number
  /** Memory that such a machine has at least. */
  minMemoryMB: number
  /** GPUs that such a machine has at least. */
  minGPU: number
}

/** How much of a machine is taken, by what was requested. */
export interface NodeShare {
  /** What processes may ask for in all; null: it is not limited. */
  capacity: number | null
  /** What the processes on it asked for. */
  requested: number
}

/** A draining machine takes nothing new. */
export type NodeStatus = Open<'active' | 'draining'>
export const NodeStatus = { Active: 'active', Draining: 'draining' } as const

/** A machine that runs processes. */
export interface NodeV1 {
  /** The name of the machine. */
  nodeId: string
  /** What players connect to. */
  host: string
  hosting: Hosting
  status: NodeV1Status
  region: Region
  /** Its cores. */
  cpu: number
  /** Its memory. */
  memoryMb: number
  /** Its GPUs; null: none are known. */
  gpu: number | null
  /** When this installation had it first. */
  startedAt: Date
  /** Null: it is there. */
  stoppedAt: Date | null
}

/** `draining` takes nothing new. */
export type NodeV1Status = Open<'running' | 'draining' | 'stopped'>
export const NodeV1Status = {
  Running: 'running',
  Draining: 'draining',
  Stopped: 'stopped',
} as const

/** A machine that runs processes. */
export interface NodeView {
  /** The name of the machine. */
  nodeId: string
  /** What runs the processes there. */
  driver: string
  /** What players connect to. */
  publicHost: string
  /** The regions it serves. */
  regions: Array<Region>
  /** The fleet whose processes it takes and no other, by name or id; null: of all. */
  fleet: string | null
  status: NodeStatus
  /** How many processes are on it and not final. */
  processes: number
  cpu: NodeShare
  memoryMb: NodeShare
}

/** A change of an organization; what is left out stays. */
export interface OrgChange {
  /** What people call it. */
  name?: string | undefined
  /** CPU that its unfinished processes may request in all; null: no limit. */
  concurrentProcessVcpusLimit?: number | null | undefined
  /** CPU hours that its processes may request in a calendar month (UTC); null: no limit. */
  monthlyProcessVcpuHoursLimit?: number | null | undefined
}

/** A person who accepted an invite. */
export interface OrgMember {
  /** The id of an organization. */
  orgId: string
  /** The e-mail address that a person is known by; upper and lower case are the same. */
  userEmail: string
  /** What the person may do: a role, or a list of scopes. */
  scopes: UserRole | Array<Scope>
  /** Who made the invite: the e-mail address of a person or the id of a token. */
  invitedBy: string
  /** When the person was invited. */
  createdAt: Date
  /** When the invite was accepted. */
  joinedAt: Date
  /** When a token of the person was last used, to the hour. */
  lastLogin?: Date | undefined
}

export interface OrgMembersPage {
  /** In the order in which they joined. */
  members: Array<OrgMember>
}

/** A token, without its secret. */
export interface OrgToken {
  /** The id of a token, which is not its secret. */
  orgTokenId: string
  /** The id of an organization. */
  orgId: string
  /** What the token is for; unique among the tokens of the organization that are not revoked. */
  name: string
  status: OrgTokenStatus
  /** The end of the secret, to tell tokens apart. */
  lastFourCharsOfKey: string
  /** Who made it: an e-mail address or the id of a token. */
  createdBy: string
  /** When it was made. */
  createdAt: Date
  /** What it may do; `admin` may do everything. */
  scopes?: Array<Scope> | Two | undefined
}

/** A `revoked` token is refused. */
export type OrgTokenStatus = Open<'active' | 'revoked'>
export const OrgTokenStatus = { Active: 'active', Revoked: 'revoked' } as const

/** An organization, as operators see it. */
export interface OrgView {
  /** The id of an organization. */
  orgId: string
  /** What people call it. */
  name: string
  /** CPU that its unfinished processes may request in all; null: no limit. */
  concurrentProcessVcpusLimit: number | null
  /** CPU hours that its processes may request in a calendar month (UTC); null: no limit. */
  monthlyProcessVcpuHoursLimit: number | null
  /** When it was made. */
  createdAt: Date
}

export interface OrgViewsPage {
  /** The oldest first. */
  orgs: Array<OrgView>
}

/** An organization, as the caller sees it. */
export interface Organization {
  /** The id of an organization. */
  orgId: string
  /** What people call it. */
  name?: string | undefined
  /** Empty: nothing is billed. */
  stripeCustomerId: string
  /** Where processes go that name no fleet. */
  defaultFleetId?: string | null | undefined
  /** Whether the machines are its own. */
  isSingleTenant: boolean
  /** What the caller may do in it. */
  scopes: Array<Scope>
  /** The most memory of a deployment. */
  maxRequestedMemoryMB: number
  /** CPU that its processes may request at once; absent: no limit. */
  concurrentProcessVcpusLimit?: number | undefined
  /** CPU hours of a calendar month (UTC); absent: no limit. */
  monthlyProcessVcpuHoursLimit?: number | undefined
  /** Not used here. */
  enabledFeatureFlags?: Array<string> | undefined
  /** Hours after which a process is stopped; absent: none. */
  podMaxLifespanHrs?: number | undefined
  /** How long logs of ended processes are kept, in hours. */
  logRetentionPeriodHours?: number | undefined
  /** Connections of a process; absent: no limit. */
  maxProcessConnections?: number | undefined
  /** Machines in a cloud that may be kept; absent: no limit. */
  maxCloudBaseline?: number | undefined
}

export interface OrgsPage {
  /** That of the token. */
  orgs: Array<Organization>
}

/** The fields of an application that shall change. */
export interface PartialAppConfigWithServiceConfig {
  /** Lower-case letters, digits and dashes, at most 64; unique in the organization. */
  appName?: string | undefined
  authConfiguration?: AuthConfiguration | undefined
  serviceConfig?: ServiceConfigWrite | undefined
}

/** What is wrong, by region. */
export interface PartialRecordRegionFleetErrorState {
  Seattle?: FleetErrorState | undefined
  Los_Angeles?: FleetErrorState | undefined
  Washington_DC?: FleetErrorState | undefined
  Chicago?: FleetErrorState | undefined
  London?: FleetErrorState | undefined
  Frankfurt?: FleetErrorState | undefined
  Mumbai?: FleetErrorState | undefined
  Singapore?: FleetErrorState | undefined
  Tokyo?: FleetErrorState | undefined
  Sydney?: FleetErrorState | undefined
  Sao_Paulo?: FleetErrorState | undefined
  Dallas?: FleetErrorState | undefined
  Johannesburg?: FleetErrorState | undefined
  Dubai?: FleetErrorState | undefined
}

/** How an organization pays. Here it never does. */
export interface PaymentMethod {
  card?: CardPaymentMethod | undefined
  ach?: AchPaymentMethod | undefined
  link?: LinkPaymentMethod | undefined
}

/** An invite that is neither accepted nor rejected. */
export interface PendingOrgInvite {
  /** The id of an organization. */
  orgId: string
  /** The e-mail address that a person is known by; upper and lower case are the same. */
  userEmail: string
  /** What the person may do: a role, or a list of scopes. */
  scopes: UserRole | Array<Scope>
  /** Who made the invite: the e-mail address of a person or the id of a token. */
  invitedBy: string
  /** When the invite was made. */
  createdAt: Date
}

export interface PendingOrgInvitesPage {
  /** The newest first. */
  invites: Array<PendingOrgInvite>
}

/** A new personal token, and the page that shows it. */
export interface PersonalLink {
  /** The page to join with, which has the token behind #. Whoever has it is this person. */
  url: string
  /** The personal token. It is shown this one time. */
  token: string
  /** When both are void, unless the token was used before. */
  expiresAt: Date
}

/** Where a region can be pinged. */
export interface PingEndpoints {
  region: Region
  /** The host name or address to connect to. */
  host: string
  /** The port; it answers a WebSocket echo. */
  port: number
}

/**
 * CPU and memory of each process: `tiny` 0.5 cores and 1,024 MB, `small` 1 and 2,048, `medium` 2
 * and 4,096, `large` 4 and 8,192.
 */
export type PlanName = Open<'tiny' | 'small' | 'medium' | 'large'>
export const PlanName = { Tiny: 'tiny', Small: 'small', Medium: 'medium', Large: 'large' } as const

/** What a player shows to make lobbies. */
export interface PlayerTokenObject {
  /** A JSON web token, signed with the secret of the application. */
  token: string
}

/** One run of a deployment in a region. */
export interface Process {
  /** The id of an application. */
  appId: string
  /** The id of a process: a UUID. */
  processId: string
  /**
   * The number of its deployment: 1, 2, … in its application; 0 where the deployment is not known
   * any more.
   */
  deploymentId: number
  region: Region
  /** How many rooms it can hold. */
  roomsPerProcess: number
  /** How many rooms are placed on it now. */
  roomsAllocated: number
  /** When its default port was bound; null before. */
  startedAt: Date | null
  /** When it was asked to end; null before, and when it ended by itself. */
  stoppingAt: Date | null
  /** When it was gone; null before. */
  terminatedAt: Date | null
  /** When it was accepted. */
  startingAt: Date
  /** Whether it takes no new rooms and ends when empty. */
  draining: boolean
  /** Bytes it sent; 0 where that cannot be measured, and once the measurements are gone. */
  egressedBytes: number
  /** When that was so. */
  roomsAllocatedUpdatedAt: Date
  /** How many more rooms it takes; 0 once it drains or ends. */
  roomSlotsAvailable: number
  /** When that was so. */
  roomSlotsAvailableUpdatedAt: Date
  /** Connections at the last measurement; 0 where they cannot be counted. */
  activeConnections: number
  /** When that was so. */
  activeConnectionsUpdatedAt: Date
  /** Since when nobody plays on it; null while somebody does, and where it never ends for that. */
  idleSince: Date | null
  /** The host of the default port; empty without one. */
  host: string
  /** The number of the default port; 0 without one. */
  port: number
  /** The default port; null until it is scheduled and once it is final. */
  exposedPort: ProcessExposedPort | null
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
}

/** Moves the number of processes between minimum and maximum, where a region turns it on. */
export interface ProcessAutoscalerConfig {
  targetMetric: AutoscalerTargetMetric
}

/** Where players reach the default port of a process. */
export interface ProcessExposedPort {
  transportType: TransportType
  /** The port to connect to. */
  port: number
  /** The host name or address to connect to. */
  host: string
  /** The name of the container port behind it. */
  name: string
}

/** Whether CPU and memory are limits of the run, or only counted when it is placed. */
export type ProcessLimits = Open<'enforced' | 'counted'>
export const ProcessLimits = { Enforced: 'enforced', Counted: 'counted' } as const

/** A measure of a process over time; units stand beside the fields of ProcessMetricsData. */
export type ProcessMetricName = Open<
  | 'cpu'
  | 'memory'
  | 'rateEgress'
  | 'totalEgress'
  | 'activeConnections'
  | 'gpuMemory'
  | 'gpuUtilization'
>
export const ProcessMetricName = {
  Cpu: 'cpu',
  Memory: 'memory',
  RateEgress: 'rateEgress',
  TotalEgress: 'totalEgress',
  ActiveConnections: 'activeConnections',
  GpuMemory: 'gpuMemory',
  GpuUtilization: 'gpuUtilization',
} as const

/** A series per metric that was asked for; an empty one could not be measured. */
export interface ProcessMetricsData {
  /** Cores in use; 0.25 is a quarter of one core. */
  cpu?: Array<MetricValue> | undefined
  /** Resident bytes. */
  memory?: Array<MetricValue> | undefined
  /** Bytes per second that leave the process. */
  rateEgress?: Array<MetricValue> | undefined
  /** Bytes that left the process since its start. */
  totalEgress?: Array<MetricValue> | undefined
  /** Connected players, or peers that sent something lately over UDP. */
  activeConnections?: Array<MetricValue> | undefined
  /** Bytes of GPU memory. */
  gpuMemory?: Array<MetricValue> | undefined
  /** Use of the GPU, from 0 to 1. */
  gpuUtilization?: Array<MetricValue> | undefined
}

/**
 * `starting` until its default port is bound, then `running`; `draining` takes no new rooms;
 * `stopping` was asked to end; `stopped` and `failed` are final.
 */
export type ProcessStatus = Open<
  'starting' | 'running' | 'draining' | 'stopping' | 'stopped' | 'failed'
>
export const ProcessStatus = {
  Starting: 'starting',
  Running: 'running',
  Draining: 'draining',
  Stopping: 'stopping',
  Stopped: 'stopped',
  Failed: 'failed',
} as const

/** One run of a deployment in a region. */
export interface ProcessV2 {
  /** The id of an application. */
  appId: string
  /** The id of a process: a UUID. */
  processId: string
  /**
   * The number of its deployment: 1, 2, … in its application; 0 where the deployment is not known
   * any more.
   */
  deploymentId: number
  region: Region
  /** How many rooms it can hold. */
  roomsPerProcess: number
  /** How many rooms are placed on it now. */
  roomsAllocated: number
  /** When its default port was bound; null before. */
  startedAt: Date | null
  /** When it was asked to end; null before, and when it ended by itself. */
  stoppingAt: Date | null
  /** When it was gone; null before. */
  terminatedAt: Date | null
  status: ProcessStatus
  /** When it was accepted. */
  createdAt: Date
  /** The default port; null until it is scheduled and once it is final. */
  exposedPort: ProcessV2ExposedPort | null
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
}

/** Where players reach the default port of a process. */
export interface ProcessV2ExposedPort {
  transportType: TransportType
  /** The port to connect to. */
  port: number
  /** The host name or address to connect to. */
  host: string
  /** The name of the container port behind it. */
  name: string
}

/** One run of a deployment in a region. */
export interface ProcessV3 {
  /** The id of an application. */
  appId: string
  /** The id of a process: a UUID. */
  processId: string
  /** The id of a deployment. */
  deploymentId: string
  /** The id of a fleet. */
  fleetId?: string | undefined
  region: Region
  status: ProcessStatus
  /** How many rooms it can hold. */
  roomsPerProcess: number
  /** How many rooms are placed on it now. */
  roomsAllocated: number
  /** When it was accepted. */
  createdAt: Date
  /** When it got its machine and ports; null before. */
  scheduledAt: Date | null
  /** When its program began to run; null before. */
  bootedAt: Date | null
  /** When its default port was bound; null before. */
  startedAt: Date | null
  /** When it was asked to end; null before, and when it ended by itself. */
  stoppingAt: Date | null
  /** When it was gone; null before. */
  terminatedAt: Date | null
  /** The default port; null until it is scheduled and once it is final. */
  exposedPort: ProcessV3ExposedPort | null
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
  hosting?: Hosting | undefined
  /** Why it ended, in words; only once it is final. */
  summaryExitReason?: string | undefined
}

/** Where players reach the default port of a process. */
export interface ProcessV3ExposedPort {
  transportType: TransportType
  /** The port to connect to. */
  port: number
  /** The host name or address to connect to. */
  host: string
  /** The name of the container port behind it. */
  name: string
}

/** A process, and what Hatchery knows beside it. */
export interface ProcessView {
  /** The id of an application. */
  appId: string
  /** The id of a process: a UUID. */
  processId: string
  /** The id of a deployment. */
  deploymentId: string
  /** The id of a fleet. */
  fleetId?: string | undefined
  region: Region
  status: ProcessStatus
  /** How many rooms it can hold. */
  roomsPerProcess: number
  /** How many rooms are placed on it now. */
  roomsAllocated: number
  /** When it was accepted. */
  createdAt: Date
  /** When it got its machine and ports; null before. */
  scheduledAt: Date | null
  /** When its program began to run; null before. */
  bootedAt: Date | null
  /** When its default port was bound; null before. */
  startedAt: Date | null
  /** When it was asked to end; null before, and when it ended by itself. */
  stoppingAt: Date | null
  /** When it was gone; null before. */
  terminatedAt: Date | null
  /** The default port; null until it is scheduled and once it is final. */
  exposedPort: ProcessV3ExposedPort | null
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
  hosting?: Hosting | undefined
  /** Why it ended, in words; only once it is final. */
  summaryExitReason?: string | undefined
  wanted: ProcessWanted
  /** The machine it runs on. */
  nodeId: string
  /** The exit code of its program; null while it lives and when a signal ended it. */
  exitCode: number | null
  activityMeasure: ActivityMeasure
  limits: ProcessLimits
}

/** What shall become of a process. */
export type ProcessWanted = Open<'run' | 'drain' | 'stop'>
export const ProcessWanted = { Run: 'run', Drain: 'drain', Stop: 'stop' } as const

/** One run of a deployment, with the rooms on it. */
export interface ProcessWithRooms {
  /** The id of an application. */
  appId: string
  /** The id of a process: a UUID. */
  processId: string
  /**
   * The number of its deployment: 1, 2, … in its application; 0 where the deployment is not known
   * any more.
   */
  deploymentId: number
  region: Region
  /** How many rooms it can hold. */
  roomsPerProcess: number
  /** How many rooms are placed on it now. */
  roomsAllocated: number
  /** When its default port was bound; null before. */
  startedAt: Date | null
  /** When it was asked to end; null before, and when it ended by itself. */
  stoppingAt: Date | null
  /** When it was gone; null before. */
  terminatedAt: Date | null
  /** When it was accepted. */
  startingAt: Date
  /** Whether it takes no new rooms and ends when empty. */
  draining: boolean
  /** Bytes it sent; 0 where that cannot be measured, and once the measurements are gone. */
  egressedBytes: number
  /** When that was so. */
  roomsAllocatedUpdatedAt: Date
  /** How many more rooms it takes; 0 once it drains or ends. */
  roomSlotsAvailable: number
  /** When that was so. */
  roomSlotsAvailableUpdatedAt: Date
  /** Connections at the last measurement; 0 where they cannot be counted. */
  activeConnections: number
  /** When that was so. */
  activeConnectionsUpdatedAt: Date
  /** Since when nobody plays on it; null while somebody does, and where it never ends for that. */
  idleSince: Date | null
  /** The host of the default port; empty without one. */
  host: string
  /** The number of the default port; 0 without one. */
  port: number
  /** The default port; null until it is scheduled and once it is final. */
  exposedPort: ProcessWithRoomsExposedPort | null
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
  /** The rooms on it, the oldest first, at most 1,000. */
  rooms: Array<RoomWithoutAllocations>
  /** How many rooms are on it. */
  totalRooms: number
}

/** Where players reach the default port of a process. */
export interface ProcessWithRoomsExposedPort {
  transportType: TransportType
  /** The port to connect to. */
  port: number
  /** The host name or address to connect to. */
  host: string
  /** The name of the container port behind it. */
  name: string
}

/** Empty: to be there is what counts. */
export type RecordStringNever = Record<string, never>

/** A named place that runs processes. An installation may have regions of its own beside these. */
export type Region = Open<
  | 'Seattle'
  | 'Los_Angeles'
  | 'Washington_DC'
  | 'Chicago'
  | 'London'
  | 'Frankfurt'
  | 'Mumbai'
  | 'Singapore'
  | 'Tokyo'
  | 'Sydney'
  | 'Sao_Paulo'
  | 'Dallas'
  | 'Johannesburg'
  | 'Dubai'
>
export const Region = {
  Seattle: 'Seattle',
  LosAngeles: 'Los_Angeles',
  WashingtonDC: 'Washington_DC',
  Chicago: 'Chicago',
  London: 'London',
  Frankfurt: 'Frankfurt',
  Mumbai: 'Mumbai',
  Singapore: 'Singapore',
  Tokyo: 'Tokyo',
  Sydney: 'Sydney',
  SaoPaulo: 'Sao_Paulo',
  Dallas: 'Dallas',
  Johannesburg: 'Johannesburg',
  Dubai: 'Dubai',
} as const

/** A region of this installation. */
export interface RegionView {
  region: Region
  /** The machines that serve it. */
  nodeIds: Array<string>
  /** Where it hands on what it has no room for. */
  spillover: Array<Region>
}

/** An image of a build in a region. */
export interface RegionalContainerTags {
  /** The tag there. */
  containerTag: string
  region: Region
}

/** An image in a container registry. */
export interface RegistryConfig {
  /** Name and tag of the image. */
  image: string
  /** The registry's host; left out: the public one. */
  registryUrl?: string | undefined
  /** Credentials for the registry, base64; never kept. */
  auth?: string | undefined
}

/** Whose invite is taken back. */
export interface RescindUserInvite {
  /** The e-mail address that a person is known by; upper and lower case are the same. */
  userEmail: string
}

/** A match, with every process it was on. */
export interface Room {
  /** The id of an application. */
  appId: string
  /** The id of a room, unique in its application. */
  roomId: string
  /** Anything the game server needs to know, at most 10,000 characters. */
  roomConfig?: string | null | undefined
  status: RoomStatus
  /** Where it is now; null when it is on no process. */
  currentAllocation: CurrentAllocation | null
  /** All its stays, the oldest first. */
  allocations: Array<RoomAllocation>
}

/** The stay of a room on a process. */
export interface RoomAllocation {
  /** The id of this stay on a process: a UUID. */
  roomAllocationId: string
  /** The id of a process: a UUID. */
  processId: string
  /** When the room was placed on the process. */
  scheduledAt: Date
  /** When it left the process; null while it is there. */
  unscheduledAt: Date | null
}

/** Where the room is now. */
export interface RoomAllocationData {
  /** The id of a room, unique in its application. */
  roomId: string
  status: RoomReadyStatus
  exposedPort?: ExposedPort | undefined
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
  /** The id of a process: a UUID. */
  processId?: string | undefined
}

/** The room, its process and where players reach it. */
export interface RoomConnectionData {
  /** The id of a room, unique in its application. */
  roomId: string
  status: RoomReadyStatus
  exposedPort?: ExposedPort | undefined
  /** The other ports. */
  additionalExposedPorts: Array<ExposedPort>
  /** The id of a process: a UUID. */
  processId: string
}

/** `starting` until the process of the room is running, then `active`. */
export type RoomReadyStatus = Open<'active' | 'starting'>
export const RoomReadyStatus = { Active: 'active', Starting: 'starting' } as const

/** `active` while it has a process; `suspended` when it was suspended; `destroyed` when it is over. */
export type RoomStatus = Open<'scheduling' | 'active' | 'destroyed'>
export const RoomStatus = {
  Scheduling: 'scheduling',
  Active: 'active',
  Destroyed: 'destroyed',
} as const

/** A room, in one line. */
export interface RoomView {
  /** The id of a room, unique in its application. */
  roomId: string
  region: Region
  status: RoomStatus
  /** Its config; null when it has none. */
  roomConfig: string | null
  /** The process it is on; null when it is on none. */
  processId: string | null
  /** When it was created. */
  createdAt: Date
}

/** A match. */
export interface RoomWithoutAllocations {
  /** The id of an application. */
  appId: string
  /** The id of a room, unique in its application. */
  roomId: string
  /** Anything the game server needs to know, at most 10,000 characters. */
  roomConfig?: string | null | undefined
  status: RoomStatus
  /** Where it is now; null when it is on no process. */
  currentAllocation: RoomWithoutAllocationsCurrentAllocation | null
}

/** The stay of a room on a process. */
export interface RoomWithoutAllocationsCurrentAllocation {
  /** The id of this stay on a process: a UUID. */
  roomAllocationId: string
  /** The id of a process: a UUID. */
  processId: string
  /** When the room was placed on the process. */
  scheduledAt: Date
  /** When it left the process; null while it is there. */
  unscheduledAt: Date | null
}

export interface RunBuildDeprecatedRequestBody {
  /** A gzipped tar. */
  file: FormFile
}

export interface RunBuildV2DeprecatedRequestBody {
  /** A gzipped tar. */
  file?: FormFile | undefined
}

/** What the autoscaler goes by. */
export interface ScalingView {
  /** Concurrent requests of each process to aim for; null when none is set. */
  goal: number | null
  /**
   * Those of each process that takes some, on average between the last two looks; null while
   * nothing is measured.
   */
  concurrentRequests: number | null
  /** Why the target is what it is, in words. */
  reason: string
}

/** A permission; `x:read-write` includes `x:read`. */
export type Scope = Open<
  | 'billing:read-write'
  | 'builds:read'
  | 'builds:read-write'
  | 'deployments:read'
  | 'deployments:read-write'
  | 'applications:read'
  | 'applications:read-write'
  | 'processes:read'
  | 'processes:read-write'
  | 'fleets:read'
  | 'fleets:read-write'
  | 'orgs:read'
  | 'orgs:read-write'
  | 'tokens:read'
  | 'tokens:read-write'
  | 'tickets:read'
  | 'tickets:read-write'
  | 'load-balancer:access'
>
export const Scope = {
  BillingReadWrite: 'billing:read-write',
  BuildsRead: 'builds:read',
  BuildsReadWrite: 'builds:read-write',
  DeploymentsRead: 'deployments:read',
  DeploymentsReadWrite: 'deployments:read-write',
  ApplicationsRead: 'applications:read',
  ApplicationsReadWrite: 'applications:read-write',
  ProcessesRead: 'processes:read',
  ProcessesReadWrite: 'processes:read-write',
  FleetsRead: 'fleets:read',
  FleetsReadWrite: 'fleets:read-write',
  OrgsRead: 'orgs:read',
  OrgsReadWrite: 'orgs:read-write',
  TokensRead: 'tokens:read',
  TokensReadWrite: 'tokens:read-write',
  TicketsRead: 'tickets:read',
  TicketsReadWrite: 'tickets:read-write',
  LoadBalancerAccess: 'load-balancer:access',
} as const

/** May do everything. */
export type Scopes2 = Open<'admin'>
export const Scopes2 = { Admin: 'admin' } as const

/** What an application keeps running by itself. */
export interface ServiceConfig {
  /** One entry per region. */
  staticProcessAllocation: Array<StaticProcessAllocationConfig>
  processAutoscalerConfig?: ProcessAutoscalerConfig | undefined
  loadBalancer?: LoadBalancerConfig | undefined
}

/** What an application shall keep running by itself. */
export interface ServiceConfigWrite {
  /** One entry per region, each region at most once. */
  staticProcessAllocation: Array<StaticProcessAllocationConfigWrite>
  processAutoscalerConfig?: ProcessAutoscalerConfig | undefined
  loadBalancer?: LoadBalancerConfig | undefined
}

/** What replaces the state of a lobby. */
export interface SetLobbyStateParams {
  /** What the game server tells of the match; less than 1 MB as JSON. */
  state?: unknown
}

/** A room whose process does not run yet. */
export interface StartingConnectionInfo {
  /** The id of a room, unique in its application. */
  roomId: string
  status: Status
}

/** The processes to keep in a region. */
export interface StaticProcessAllocationConfig {
  region: Region
  /** Never fewer than these, also while a deployment is replaced; less than the target. */
  minProcesses: number
  /** How many to keep running. */
  targetProcesses: number
  /** Never more than these. */
  maxProcesses: number
  /** Lets the autoscaler move the target. */
  autoscalingEnabled?: boolean | undefined
}

/** The processes to keep in a region. */
export interface StaticProcessAllocationConfigWrite {
  region: Region
  /** Never fewer than these, also while a deployment is replaced; less than the target. */
  minProcesses: number
  /** How many to keep running. */
  targetProcesses?: number | undefined
  /** Never more than these; null is 100. */
  maxProcesses: number | null
  /** Lets the autoscaler move the target. */
  autoscalingEnabled?: boolean | undefined
}

/** Ask again in a moment. */
export type Status = Open<'starting'>
export const Status = { Starting: 'starting' } as const

/** The protocol of a port. With `tls` the server speaks plain TCP behind an edge that ends TLS. */
export type TransportType = Open<'tcp' | 'udp' | 'tls'>
export const TransportType = { Tcp: 'tcp', Udp: 'udp', Tls: 'tls' } as const

/** May do everything. */
export type Two = Open<'admin'>
export const Two = { Admin: 'admin' } as const

/** What changes of a fleet; what is left out stays. */
export interface UpdateFleet {
  /** Unique in the organization: 1 to 64 letters, digits, `-` and `_`. */
  name?: string | undefined
  nodeShape?: NodeShape | undefined
  autoscalerConfig: AutoscalerConfig
}

/** What changes of a fleet; what is left out stays. */
export interface UpdateFleetV2 {
  /** Unique in the organization: 1 to 64 letters, digits, `-` and `_`. */
  name?: string | undefined
  nodeShapeId?: NodeShapeId | undefined
  autoscalerConfig: AutoscalerConfig
}

/** What replaces the config of a room. */
export interface UpdateRoomConfigParams {
  /** Anything the game server needs to know, at most 10,000 characters. */
  roomConfig: string
}

/** A change of a pending invite. */
export interface UpdateUserInvite {
  /** The e-mail address that a person is known by; upper and lower case are the same. */
  userEmail: string
  /** What the invite grants from now on. */
  scopes: UserRole | Array<Scope>
}

/** A field of the form that uploads an archive. */
export interface UploadBodyParams {
  /** The name of a field. */
  key: string
  /** What it must hold. */
  value: string
}

/** What an organization uses, and how much it may. */
export interface UsageLimits {
  /** vCPU hours that its processes requested in this month (UTC) so far. */
  monthlyProcessVcpuHoursConsumed: number
  /** Once so many are consumed no process starts; none when absent. */
  monthlyProcessVcpuHoursLimit?: number | undefined
  /** The most vCPU that its processes requested at once, today and on the six days before. */
  concurrentProcessVcpus7DayMax: number
  /** The most that they may request at once; none when absent. */
  concurrentProcessVcpusLimit?: number | undefined
}

/** The prices of a month. */
export interface UsagePrices {
  perVcpuHour: number
  perMemoryGbHour: number
  perEgressGb: number
  /** Of ISO 4217. */
  currency: string
}

/** Of all of them. */
export interface UsageTotal {
  /** Requested vCPU times hours. */
  vcpuHours: number
  /** Requested GB of memory times hours. */
  memoryGbHours: number
  /** GB that left the processes, where that is measured. */
  egressGb: number
  /** What it would cost by the prices of the month. */
  amount: number
}

/** What an organization used in a month. */
export interface UsageView {
  /** A calendar month in UTC. */
  month: string
  /** Whether the month is over. */
  isOver: boolean
  prices: UsagePrices
  /** By name. */
  applications: Array<AppUsageView>
  total: UsageTotal
}

/**
 * `admin` may do everything, `member` all but tokens, people and billing, `viewer` may read what a
 * member may.
 */
export type UserRole = Open<'admin' | 'member' | 'viewer'>
export const UserRole = { Admin: 'admin', Member: 'member', Viewer: 'viewer' } as const

/** Who wants mail. */
export interface VerificationEmailRequest {
  /** The e-mail address of a person. */
  userId: string
}

/** The same for everybody, known here or not. */
export type VerificationEmailSuccess = Open<'success'>
export const VerificationEmailSuccess = { Success: 'success' } as const

/** Who a token speaks for. */
export interface WhoAmIView {
  /** The id of an organization. */
  orgId: string
  /** The name of the organization. */
  orgName: string
  /** The person whose token it is; null for every other token. */
  userEmail: string | null
  /** The token; null when a game server asks with its own. */
  orgTokenId: string | null
  /** The game server that asks; null for a token of an organization. */
  processId: string | null
  /** The name of the token. */
  name: string
  /** What it may do. */
  scopes: Array<Scope> | AdminScope
}

/** What GetProcessMetrics is called with. */
export interface GetProcessMetricsRequest {
  /** The id of a process: a UUID. */
  processId: string
  /** The id of an application. */
  appId?: string | undefined
  /** The metrics to answer; none for all. */
  metrics?: Array<ProcessMetricName> | undefined
  /** The newest time; now when left out. Unix seconds; 10^11 and more are milliseconds. */
  end?: number | undefined
  /**
   * The oldest time; one hour before `end` when left out. Unix seconds; 10^11 and more are
   * milliseconds.
   */
  start?: number | undefined
  /** Seconds between points. */
  step?: number | undefined
}

/** What GetMetricsDeprecated is called with. */
export interface GetMetricsDeprecatedRequest {
  /** The id of a process: a UUID. */
  processId: string
  /** The id of an application. */
  appId?: string | undefined
  /** The metrics to answer; none for all. */
  metrics?: Array<DeprecatedProcessMetricName> | undefined
  /** The newest time; now when left out. Unix seconds; 10^11 and more are milliseconds. */
  end?: number | undefined
  /**
   * The oldest time; one hour before `end` when left out. Unix seconds; 10^11 and more are
   * milliseconds.
   */
  start?: number | undefined
  /** Seconds between points. */
  step?: number | undefined
}

/** What GetFleetMetrics is called with. */
export interface GetFleetMetricsRequest {
  /** The id of a fleet. */
  fleetId: string
  /** The id of an organization. */
  orgId?: string | undefined
  /** The metrics to answer; none for all. */
  metrics?: Array<FleetMetricName> | undefined
  /** The newest time; now when left out. Unix seconds; 10^11 and more are milliseconds. */
  end?: number | undefined
  /**
   * The oldest time; one hour before `end` when left out. Unix seconds; 10^11 and more are
   * milliseconds.
   */
  start?: number | undefined
  /** Seconds between points. */
  step?: number | undefined
}

/** What GetFleetRegionMetrics is called with. */
export interface GetFleetRegionMetricsRequest {
  /** The id of a fleet. */
  fleetId: string
  region: Region
  /** The id of an organization. */
  orgId?: string | undefined
  /** The metrics to answer; none for all. */
  metrics?: Array<FleetMetricName> | undefined
  /** The newest time; now when left out. Unix seconds; 10^11 and more are milliseconds. */
  end?: number | undefined
  /**
   * The oldest time; one hour before `end` when left out. Unix seconds; 10^11 and more are
   * milliseconds.
   */
  start?: number | undefined
  /** Seconds between points. */
  step?: number | undefined
}

/** What GetFleetMetricsDeprecated is called with. */
export interface GetFleetMetricsDeprecatedRequest {
  /** The id of a fleet. */
  fleetId: string
  /** The id of an organization. */
  orgId?: string | undefined
  /** The metrics to answer; none for all. */
  metrics?: Array<FleetMetricName> | undefined
  /** The newest time; now when left out. Unix seconds; 10^11 and more are milliseconds. */
  end?: number | undefined
  /**
   * The oldest time; one hour before `end` when left out. Unix seconds; 10^11 and more are
   * milliseconds.
   */
  start?: number | undefined
  /** Seconds between points. */
  step?: number | undefined
}

/** What GetFleetRegionMetricsDeprecated is called with. */
export interface GetFleetRegionMetricsDeprecatedRequest {
  /** The id of a fleet. */
  fleetId: string
  region: Region
  /** The id of an organization. */
  orgId?: string | undefined
  /** The metrics to answer; none for all. */
  metrics?: Array<FleetMetricName> | undefined
  /** The newest time; now when left out. Unix seconds; 10^11 and more are milliseconds. */
  end?: number | undefined
  /**
   * The oldest time; one hour before `end` when left out. Unix seconds; 10^11 and more are
   * milliseconds.
   */
  start?: number | undefined
  /** Seconds between points. */
  step?: number | undefined
}
