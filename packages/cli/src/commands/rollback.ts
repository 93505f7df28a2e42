/** `hatchery rollback`: an older deployment's build and settings become the newest deployment. */
import type { DeploymentV3 } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { pick } from '../ids.ts'
import { showDeployed } from '../shipping/deployed.ts'
import { changesOf, fieldsOf } from '../shipping/deployment-fields.ts'

export async function rollback(
  context: Context,
  { words: [given], flags }: Input<{ 'dry-run': boolean }>,
): Promise<void> {
  const { appId, appName } = await context.app()
  const client = await context.client()
  const { deployments } = await client.deploymentsV3.getDeployments(appId)
  const target = chosen(deployments, given)
  const changes = changesOf(deployments[0], fieldsOf(target))
  if (flags['dry-run']) {
    const rows = changes.map((line) => ['would change', line] as const)
    return context.out.value({ deploymentId: target.deploymentId, changes }, { id: '', rows })
  }
  const made = await client.deploymentsV3.createDeployment(fieldsOf(target), appId)
  await showDeployed(context, made, { client, appName: appName ?? appId })
}

/** The one before the newest, where none is named. */
function chosen(deployments: readonly DeploymentV3[], given: string | undefined): DeploymentV3 {
  const [newest, previous] = deployments
  if (given !== undefined) {
    const candidates = deployments.map((deployment) => ({
      id: deployment.deploymentId,
      names: [deployment.deploymentTag, deployment.buildTag].flatMap((name) => name ?? []),
      deployment,
    }))
    return pick(given, candidates, { noun: 'deployment', list: 'hatchery deployment list' })
      .deployment
  }
  if (previous !== undefined) return previous
  const problem =
    newest === undefined ? 'there is no deployment yet' : 'there is no deployment before the newest'
  throw new Failure(`${problem}, so there is nothing to roll back to`, {
    ...{ exitCode: 3, code: 'not-found', attempt: 'hatchery deployment list' },
  })
}
