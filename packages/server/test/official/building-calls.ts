/** The official client's calls around applications, builds and deployments, in all versions. */
import type { Call, Known } from './known.ts'

const app = ({ fresh }: Known) => ({ appName: fresh, authConfiguration: { anonymous: {} } })

const kept = ({ region }: Known) => ({
  staticProcessAllocation: [{ region, minProcesses: 0, targetProcesses: 1, maxProcesses: 2 }],
})

const run = ({ containerPort }: Known) => ({
  roomsPerProcess: 2,
  transportType: 'udp' as const,
  containerPort,
  env: [{ name: 'MODE', value: 'duel' }],
})

const resources = { requestedCPU: 0.25, requestedMemoryMB: 512, idleTimeoutEnabled: false }

const archiveOf = ({ archive }: Known) => new Blob([archive])

export const buildingCalls = {
  GetApps: (c, it) => c.appsV2.getApps(it.orgId),
  CreateApp: (c, it) => c.appsV2.createApp(app(it), it.orgId),
  GetApp: (c, it) => c.appsV2.getApp(it.appId),
  UpdateApp: (c, it) =>
    c.appsV2.updateApp({ ...app(it), serviceConfig: { staticProcessAllocation: [] } }, it.appId),
  PatchApp: (c, it) => c.appsV2.patchApp({ serviceConfig: kept(it) }, it.appId),
  DeleteApp: (c, it) => c.appsV2.deleteApp(it.appId),

  GetAppsV1Deprecated: (c) => c.appsV1.getAppsV1Deprecated(),
  CreateAppV1Deprecated: (c, it) => c.appsV1.createAppV1Deprecated(app(it)),
  GetAppInfoV1Deprecated: (c, it) => c.appsV1.getAppInfoV1Deprecated(it.appId),
  UpdateAppV1Deprecated: (c, it) => c.appsV1.updateAppV1Deprecated(app(it), it.appId),
  DeleteAppV1Deprecated: (c, it) => c.appsV1.deleteAppV1Deprecated(it.appId),

  GetBuilds: (c, it) => c.buildsV3.getBuilds(it.orgId),
  CreateBuild: (c, it) =>
    c.buildsV3.createBuild({ buildSizeInBytes: it.archive.length, buildTag: it.fresh }, it.orgId),
  CreateBuildRegistry: (c, it) => c.buildsV3.createBuildRegistry({ buildTag: it.fresh }, it.orgId),
  GetBuild: (c, it) => c.buildsV3.getBuild(it.buildId, it.orgId),
  RunBuild: (c, it) => c.buildsV3.runBuild(it.buildId, it.orgId),
  RunBuildRegistry: (c, it) => c.buildsV3.runBuildRegistry(it.buildId, it.registry, it.orgId),
  DeleteBuild: (c, it) => c.buildsV3.deleteBuild(it.buildId, it.orgId),

  GetBuildsV2Deprecated: (c, it) => c.buildsV2.getBuildsV2Deprecated(it.appId),
  CreateBuildV2Deprecated: (c, it) =>
    c.buildsV2.createBuildV2Deprecated({ buildTag: it.fresh }, it.appId),
  CreateBuildWithUploadUrlV2Deprecated: (c, it) =>
    c.buildsV2.createBuildWithUploadUrlV2Deprecated({ buildTag: it.fresh }, it.appId),
  CreateWithMultipartUploadsV2Deprecated: (c, it) =>
    c.buildsV2.createWithMultipartUploadsV2Deprecated(
      { buildSizeInBytes: it.archive.length, buildTag: it.fresh },
      it.appId,
    ),
  GetBuildInfoV2Deprecated: (c, it) =>
    c.buildsV2.getBuildInfoV2Deprecated(it.buildNumber, it.appId),
  RunBuildV2Deprecated: (c, it) =>
    c.buildsV2.runBuildV2Deprecated(it.buildNumber, { file: archiveOf(it) }, it.appId),
  DeleteBuildV2Deprecated: (c, it) => c.buildsV2.deleteBuildV2Deprecated(it.buildNumber, it.appId),

  GetBuildsDeprecated: (c, it) => c.buildsV1.getBuildsDeprecated(it.appId),
  CreateBuildDeprecated: (c, it) =>
    c.buildsV1.createBuildDeprecated({ buildTag: it.fresh }, it.appId),
  GetBuildInfoDeprecated: (c, it) => c.buildsV1.getBuildInfoDeprecated(it.buildNumber, it.appId),
  RunBuildDeprecated: (c, it) =>
    c.buildsV1.runBuildDeprecated(it.buildNumber, { file: archiveOf(it) }, it.appId),
  DeleteBuildDeprecated: (c, it) => c.buildsV1.deleteBuildDeprecated(it.buildNumber, it.appId),

  GetDeployments: (c, it) => c.deploymentsV3.getDeployments(it.appId),
  CreateDeployment: (c, it) =>
    c.deploymentsV3.createDeployment({ ...run(it), ...resources, buildId: it.buildId }, it.appId),
  GetLatestDeployment: (c, it) => c.deploymentsV3.getLatestDeployment(it.appId),
  GetDeployment: (c, it) => c.deploymentsV3.getDeployment(it.deploymentId, it.appId),

  GetDeploymentsV2Deprecated: (c, it) => c.deploymentsV2.getDeploymentsV2Deprecated(it.appId),
  CreateDeploymentV2Deprecated: (c, it) =>
    c.deploymentsV2.createDeploymentV2Deprecated(
      it.buildNumber,
      { ...run(it), ...resources },
      it.appId,
    ),
  GetLatestDeploymentV2Deprecated: (c, it) =>
    c.deploymentsV2.getLatestDeploymentV2Deprecated(it.appId),
  GetDeploymentInfoV2Deprecated: (c, it) =>
    c.deploymentsV2.getDeploymentInfoV2Deprecated(it.deploymentNumber, it.appId),

  GetDeploymentsV1Deprecated: (c, it) => c.deploymentsV1.getDeploymentsV1Deprecated(it.appId),
  CreateDeploymentV1Deprecated: (c, it) =>
    c.deploymentsV1.createDeploymentV1Deprecated(
      it.buildNumber,
      { ...run(it), planName: 'tiny' },
      it.appId,
    ),
  GetLatestDeploymentV1Deprecated: (c, it) =>
    c.deploymentsV1.getLatestDeploymentV1Deprecated(it.appId),
  GetDeploymentInfoV1Deprecated: (c, it) =>
    c.deploymentsV1.getDeploymentInfoV1Deprecated(it.deploymentNumber, it.appId),
} satisfies Record<string, Call>
