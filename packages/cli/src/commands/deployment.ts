/** `hatchery deployment …`, but for create. */
import type { DeploymentV3, Hatchery } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { differences } from '../deployment-differences.ts'
import { usageFailure } from '../failure.ts'
import { pick } from '../ids.ts'
import type { Column } from '../output/columns.ts'

const columns: readonly Column<DeploymentV3>[] = [
  { name: 'deployment', of: ({ deploymentId }) => ({ id: deploymentId }) },
  { name: 'tag', of: ({ deploymentTag }) => deploymentTag },
  { name: 'build', of: ({ buildTag, buildId }) => buildTag ?? { id: buildId } },
  { name: 'port', of: ({ defaultContainerPort: port }) => `${port.port} ${port.transportType}` },
  { name: 'rooms', of: ({ roomsPerProcess }) => roomsPerProcess },
  { name: 'cpu', of: ({ requestedCPU }) => requestedCPU },
  { name: 'memory', of: ({ requestedMemoryMB }) => `${requestedMemoryMB} MB` },
  { name: 'created', of: ({ createdAt }) => ({ age: createdAt }) },
  { name: 'by', of: ({ createdBy }) => createdBy },
]

export async function listDeployments(
  context: Context,
  { flags }: Input<{ tag: string | undefined; 'build-tag': string | undefined }>,
): Promise<void> {
  const { client, appId, out } = context
  const { deployments } = await (
    await client()
  ).deploymentsV3.getDeployments(await appId(), flags.tag, flags['build-tag'])
  out.list(deployments, {
    columns,
    id: ({ deploymentId }) => deploymentId,
    empty: 'no deployment yet; make one: hatchery deploy .',
  })
}

export async function getDeployment(
  context: Context,
  { words, flags }: Input<{ 'deployment-id': string | undefined }>,
): Promise<void> {
  const name = words[0] ?? flags['deployment-id']
  if (name === undefined)
    throw usageFailure(
      'DEPLOYMENT is missing: its id or tag, or --deployment-id',
      'hatchery deployment list',
    )
  const client = await context.client()
  showDeployment(context, await findDeployment(client, await context.appId(), name))
}

export async function latestDeployment(context: Context): Promise<void> {
  const client = await context.client()
  showDeployment(context, await client.deploymentsV3.getLatestDeployment(await context.appId()))
}

/** Without a second one: against the newest. */
export async function diffDeployments(
  context: Context,
  { words: [first = '', second] }: Input,
): Promise<void> {
  const client = await context.client()
  const appId = await context.appId()
  const from = await findDeployment(client, appId, first)
  const to =
    second === undefined
      ? await client.deploymentsV3.getLatestDeployment(appId)
      : await findDeployment(client, appId, second)
  context.out.list(differences(from, to), {
    columns: [
      { name: 'field', of: ({ field }) => field },
      { name: 'from', of: (one) => one.from },
      { name: 'to', of: (one) => one.to },
    ],
    id: ({ field }) => field,
    empty: `${from.deploymentId} and ${to.deploymentId} say the same`,
  })
}

const wholeId = /^dep-[0-9a-f-]{36}$/

/** By its tag or its build's tag the newest. Throws a Failure. */
export async function findDeployment(
  client: Hatchery,
  appId: string,
  word: string,
): Promise<DeploymentV3> {
  if (wholeId.test(word)) return await client.deploymentsV3.getDeployment(word, appId)
  const { deployments } = await client.deploymentsV3.getDeployments(appId)
  const candidates = deployments.map((deployment) => ({
    ...{ id: deployment.deploymentId, deployment },
    label: deployment.deploymentTag ?? deployment.buildTag ?? '',
    names: [deployment.deploymentTag, deployment.buildTag].flatMap((tag) => tag ?? []),
  }))
  return pick(word, candidates, { noun: 'deployment', list: 'hatchery deployment list' }).deployment
}

export function showDeployment({ out }: Context, deployment: DeploymentV3): void {
  const { defaultContainerPort: port } = deployment
  out.value(deployment, {
    id: deployment.deploymentId,
    buildId: deployment.buildId,
    rows: [
      ['deployment', deployment.deploymentId],
      ['tag', deployment.deploymentTag],
      ['build', deployment.buildId],
      ['build tag', deployment.buildTag],
      ['port', `${port.port} ${port.transportType}`],
      ...deployment.additionalContainerPorts.map(
        ({ name, port: number, transportType }): [string, string] => [
          `port ${name}`,
          `${number} ${transportType}`,
        ],
      ),
      ['rooms per process', deployment.roomsPerProcess],
      ['cpu', deployment.requestedCPU],
      ['memory', `${deployment.requestedMemoryMB} MB`],
      ['fleet', deployment.fleetId],
      ['idle stop', deployment.idleTimeoutEnabled ? 'on' : 'off'],
      ['environment', deployment.env.map(({ name }) => name).join(', ')],
      ['created', deployment.createdAt],
      ['by', deployment.createdBy],
    ],
  })
}
