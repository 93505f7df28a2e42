/** DeploymentsV1 and V2: a deployment under an integer; in V1 a plan says how large its processes are. */
import Type, { type Static } from 'typebox'
import { configEnv, configFields, envNamed, resourceFields, runFields } from '../deployment.ts'
import { appId, choice, createdBy, dateTime } from '../fields.ts'
import { transportTypes } from '../port.ts'
import { buildNumber } from './build.ts'

/** What the oldest versions call a deployment. */
export const deploymentNumber = Type.Integer({
  description: 'The number of a deployment: 1, 2, … in its application.',
  examples: [1],
})

export const planNames = ['tiny', 'small', 'medium', 'large'] as const

export const PlanName = choice(
  'PlanName',
  planNames,
  'CPU and memory of each process: `tiny` 0.5 cores and 1,024 MB, `small` 1 and 2,048, `medium` 2 and 4,096, ' +
    '`large` 4 and 8,192.',
)
export type PlanName = Static<typeof PlanName>

const numbered = {
  deploymentId: deploymentNumber,
  appId,
  buildId: buildNumber,
  ...runFields,
  createdAt: dateTime('When it was made.'),
  createdBy,
}

const answeredEnv = (title: string) =>
  Type.Array(envNamed(title), { description: 'The environment of the game server.' })

export const DeploymentV2 = Type.Object(
  { ...numbered, env: answeredEnv('DeploymentV2Env') },
  { title: 'DeploymentV2', description: 'A build and how to run it.' },
)
export type DeploymentV2 = Static<typeof DeploymentV2>

/** The type of the default port has a name of its own there. */
const DeploymentV1TransportType = choice(
  'DeploymentV1TransportType',
  transportTypes,
  'The protocol of the default port.',
)

const idleByDefault = Type.Optional(
  Type.Boolean({ ...configFields.idleTimeoutEnabled, default: true }),
)

export const DeploymentV1 = Type.Object(
  {
    ...numbered,
    idleTimeoutEnabled: idleByDefault,
    requestedMemoryMB: Type.Integer({
      description: 'Memory of each process in MB.',
      examples: [1024],
    }),
    planName: PlanName,
    containerPort: Type.Number({
      description: 'The number of the default port.',
      deprecated: true,
    }),
    transportType: { ...DeploymentV1TransportType, deprecated: true },
    env: answeredEnv('Env'),
  },
  {
    title: 'DeploymentV1',
    description:
      'A build and how to run it. Of one that another version made, the plan is the smallest that has both its CPU and ' +
      'its memory, else `large`.',
  },
)
export type DeploymentV1 = Static<typeof DeploymentV1>

export const DeploymentConfig = Type.Object(
  {
    ...configFields,
    idleTimeoutEnabled: idleByDefault,
    planName: PlanName,
    env: configEnv(envNamed('DeploymentConfigEnv')),
  },
  { title: 'DeploymentConfig', description: 'How a new deployment runs its build.' },
)
export type DeploymentConfig = Static<typeof DeploymentConfig>

export const DeploymentConfigV2 = Type.Object(
  {
    ...configFields,
    env: configEnv(envNamed('DeploymentConfigV2Env')),
    ...resourceFields,
  },
  { title: 'DeploymentConfigV2', description: 'How a new deployment runs its build.' },
)
export type DeploymentConfigV2 = Static<typeof DeploymentConfigV2>
