/** A server for tests of the older versions of the API: what numbers mean there is known. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { deployedApp } from './deployed-app.ts'
import { type FakeHatchery, startWithFakes } from './start-with-fakes.ts'
import { succeededBuild } from './upload.ts'

export const officialOf = (
  { url, token }: Pick<FakeHatchery, 'url' | 'token'>,
  appId: string,
): HathoraCloud => new HathoraCloud({ serverURL: url, appId, hathoraDevToken: token })

/** A server with an application whose first deployment, of two rooms a process, V3 made of the second build. */
export async function deprecatedPlace(...flags: string[]) {
  const hatchery = await startWithFakes(...flags)
  const first = await succeededBuild(hatchery.client, 'a first build')
  const { appId, deployment } = await deployedApp(hatchery.client, {
    deployment: { roomsPerProcess: 2 },
  })
  return { ...hatchery, appId, deployment, first, official: officialOf(hatchery, appId) }
}

/** How a deployment runs, without what V1 says in another way. */
export const runConfig = {
  ...{ idleTimeoutEnabled: false, roomsPerProcess: 1, containerPort: 7777 },
  transportType: 'udp' as const,
  env: [],
}

export const runConfigV2 = { ...runConfig, requestedCPU: 0.25, requestedMemoryMB: 512 }
