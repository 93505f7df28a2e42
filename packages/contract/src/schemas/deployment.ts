/** DeploymentsV3: a build and how to run it. */
import Type, { type Static, type TSchema } from 'typebox'
import {
  appId,
  buildId,
  buildTag,
  createdBy,
  dateTime,
  deploymentId,
  deploymentTag,
  fleetId,
  portNumber,
} from './fields.ts'
import { ContainerPort, TransportType } from './port.ts'

const envFields = {
  name: Type.String({
    description: 'Letters, digits and `_`, not starting with a digit.',
    pattern: '^[a-zA-Z_][a-zA-Z0-9_]{0,99}$',
    examples: ['EULA'],
  }),
  value: Type.String({
    description: 'At most 5,000 characters.',
    maxLength: 5000,
    examples: ['TRUE'],
  }),
}

/** The same fields under the names that the published API gives them. */
export const envNamed = (title: string) =>
  Type.Object(envFields, {
    title,
    description: 'One variable of the environment of the game server.',
  })

export const DeploymentV3Env = envNamed('DeploymentV3Env')
export type DeploymentV3Env = Static<typeof DeploymentV3Env>

export const DeploymentConfigV3Env = envNamed('DeploymentConfigV3Env')
export type DeploymentConfigV3Env = Static<typeof DeploymentConfigV3Env>

export const ApplicationWithLatestDeploymentAndBuildEnv = envNamed(
  'ApplicationWithLatestDeploymentAndBuildEnv',
)
export type ApplicationWithLatestDeploymentAndBuildEnv = Static<
  typeof ApplicationWithLatestDeploymentAndBuildEnv
>

const gpu = Type.Number({
  description: 'GPUs of each process, a whole number; 0 when left out.',
  minimum: 0,
  multipleOf: 1,
  examples: [1],
})

const idleTimeoutEnabled = Type.Boolean({
  description: 'Whether a process ends after five minutes without a connection.',
})

const roomsPerProcess = Type.Integer({
  description: 'How many rooms one process holds, 1 to 10,000.',
  minimum: 1,
  maximum: 10_000,
  examples: [3],
})

const requestedCPU = Type.Number({
  description: 'Cores of each process, in hundredths, at least 0.25.',
  minimum: 0.25,
  multipleOf: 0.01,
  examples: [0.5],
})

const requestedMemoryMB = Type.Number({
  description:
    "Memory of each process in MB, a whole number from 512 to the organization's maximum (8,192 by default).",
  minimum: 512,
  multipleOf: 1,
  examples: [1024],
})

/** What each process gets. */
export const resourceFields = { requestedCPU, requestedMemoryMB }

/** How processes run, as every version answers it. */
export const runFields = {
  idleTimeoutEnabled,
  roomsPerProcess,
  defaultContainerPort: ContainerPort,
  additionalContainerPorts: Type.Array(ContainerPort, { description: 'The other ports.' }),
  ...resourceFields,
}

/** The fields of DeploymentV3 but `env`, whose schema has a published name of its own in each answer. */
export const deploymentFields = {
  deploymentId,
  appId,
  buildId,
  buildTag: Type.Optional(buildTag),
  deploymentTag: Type.Optional(deploymentTag),
  fleetId: Type.Optional(fleetId),
  ...runFields,
  requestedGPU: Type.Optional(gpu),
  experimentalRequestedGPU: Type.Optional(gpu),
  createdAt: dateTime('When it was made.'),
  createdBy,
}

export const DeploymentV3 = Type.Object(
  {
    ...deploymentFields,
    env: Type.Array(DeploymentV3Env, { description: 'The environment of the game server.' }),
  },
  {
    title: 'DeploymentV3',
    description: 'A build and how to run it. Never changes; new processes use the newest.',
  },
)
export type DeploymentV3 = Static<typeof DeploymentV3>

export const DeploymentsV3Page = Type.Object(
  {
    deployments: Type.Array(DeploymentV3, { description: 'Newest first, at most 1,000.' }),
    nextPageToken: Type.Optional(
      Type.String({ description: 'Give it back to get the next page; absent on the last.' }),
    ),
  },
  { title: 'DeploymentsV3Page' },
)
export type DeploymentsV3Page = Static<typeof DeploymentsV3Page>

/** What every version asks for alike, but for `env`. */
export const configFields = {
  idleTimeoutEnabled,
  roomsPerProcess,
  containerPort: Type.Integer({ ...portNumber, examples: [4000] }),
  transportType: TransportType,
  additionalContainerPorts: Type.Optional(
    Type.Array(ContainerPort, {
      description:
        'Other ports the server listens on, with names of their own; `default` is taken.',
      maxItems: 100,
    }),
  ),
}

export const configEnv = <V extends TSchema>(variable: V) =>
  Type.Array(variable, {
    description: 'The environment of the game server, at most 100 variables.',
    maxItems: 100,
  })

export const DeploymentConfigV3 = Type.Object(
  {
    buildId,
    deploymentTag: Type.Optional(deploymentTag),
    fleetId: Type.Optional(fleetId),
    ...configFields,
    env: configEnv(DeploymentConfigV3Env),
    ...resourceFields,
    requestedGPU: Type.Optional(gpu),
    experimentalRequestedGPU: Type.Optional(gpu),
  },
  { title: 'DeploymentConfigV3', description: 'What a new deployment runs, and how.' },
)
export type DeploymentConfigV3 = Static<typeof DeploymentConfigV3>
