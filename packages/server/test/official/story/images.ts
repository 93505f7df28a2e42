/** A studio whose games are images: from a registry with a password to a server that plays. */
import { expect } from 'vitest'
import { ownImage } from '../../support/docker/own-image.ts'
import { pushTo, startRegistry } from '../../support/docker/registry-process.ts'
import { sharedEngine } from '../../support/docker/shared-engine.ts'
import { eventually } from '../../support/eventually.ts'
import { textOf } from '../../support/upload.ts'
import { type Stage, openStage } from './stage.ts'

/** A server whose games run in containers, and the image of one in the studio's registry. */
export async function openImageStage(): Promise<Stage> {
  const { url, client } = await sharedEngine()
  const { auth, host, ...login } = await startRegistry()
  const image = await ownImage(client)
  await pushTo({ auth, host, ...login }, client, { image, name: 'studio/game', tag: '1' })
  const stage = await openStage(
    ...['--docker', `--containers-engine=${url}`, `--containers-allowed-registries=${host}`],
  )
  stage.known.registry = { image: 'studio/game:1', registryUrl: host, auth }
  return stage
}

export async function shipAnImage({ ask, known }: Stage): Promise<void> {
  const [organization] = (await ask('GetOrgs')).orgs
  known.orgId = organization?.orgId ?? ''
  known.appId = (await ask('CreateApp')).appId
  known.buildId = (await ask('CreateBuildRegistry')).buildId
  const output = await textOf(await ask('RunBuildRegistry'))
  expect(output).toContain(`${known.registry.registryUrl}/studio/game@sha256:`)
  expect(await ask('GetBuild')).toMatchObject({ status: 'succeeded' })
  const unwanted = await ask('CreateBuildRegistry')
  await ask('DeleteBuild', { buildId: unwanted.buildId })
  await ask('CreateDeployment')
  const { processId } = await ask('CreateProcess')
  await eventually('it runs', async () => {
    return (await ask('GetProcess', { processId })).status === 'running'
  })
  await ask('StopProcess', { processId })
  await eventually('it has ended', async () => {
    return (await ask('GetProcess', { processId })).status === 'stopped'
  })
}
