/** A server with one of everything, and the official client for it. */
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { deployedApp } from '../support/deployed-app.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { aPlayer } from '../support/players.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import { tarball } from '../support/tarball.ts'
import type { Known } from './known.ts'

export const officialClient = (serverURL: string, hathoraDevToken?: string): HathoraCloud =>
  new HathoraCloud({ serverURL, ...(hathoraDevToken !== undefined && { hathoraDevToken }) })

let fresh = 0
export const freshName = (): string => `n${(fresh += 1)}`

/** Flags are those of `hatchery serve`. */
export async function aFullServer(...flags: string[]) {
  const provider = await startIdentityProvider()
  const hatchery = await startWithFakes(`--google-keys-url=${provider.keysUrl}`, ...flags)
  const { client, url, token } = hatchery
  const { appId, deployment } = await deployedApp(client, { deployment: { roomsPerProcess: 4 } })
  const google = { google: { clientId: 'client-1' }, anonymous: {}, nickname: {} }
  await client.appsV2.patchApp({ authConfiguration: google }, appId)
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  const player = await aPlayer(client, appId)
  const lobby = await client.lobbiesV3.createLobby(
    ...[player, { visibility: 'public' as const, region: 'Seattle' as const }, appId],
  )
  const { orgId, orgTokenId } = await client.hatchery.whoAmI()
  const [fleet] = (await client.fleetsV2.getFleets()).fleets
  const known: Known = {
    ...{ orgId, orgTokenId: orgTokenId ?? '', appId, processId },
    ...{ buildId: deployment.buildId, buildNumber: 1 },
    ...{ deploymentId: deployment.deploymentId, deploymentNumber: 1 },
    ...{ roomId: lobby.roomId, shortCode: lobby.shortCode, region: 'Seattle' },
    ...{ fleetId: fleet?.fleetId ?? '', nodeId: 'local', userEmail: 'ada@studio.example' },
    ...{ returnUrl: 'https://studio.example/', containerPort: 7777 },
    ...{ playerToken: player.playerAuth, idToken: await provider.idToken() },
    registry: { image: 'studio/game:1' },
    ...{ archive: new Uint8Array(tarball({ Procfile: 'server: ./server\n' })), fresh: '' },
  }
  return { hatchery, known, official: officialClient(url, token) }
}
