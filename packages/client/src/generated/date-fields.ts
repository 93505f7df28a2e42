// Made by scripts/generate.ts from the contract. Do not edit.

/** The fields that are dates, and those that hold objects, or lists of objects, with dates in them. */
export const dateFields = {
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
  ApplicationsPage: {
    applications: 'ApplicationWithLatestDeploymentAndBuild',
  },
  BuildV3: {
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
  DeploymentV3: {
    createdAt: 'Date',
  },
  DeploymentsV3Page: {
    deployments: 'DeploymentV3',
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
} as const
