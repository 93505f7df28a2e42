/** Requests with bodies that no client would make, for every operation that takes one. */
import type { Operation } from '@hatchery/contract'
import { deployedApp } from './deployed-app.ts'
import { pathOf } from './path-of.ts'
import { signedBy } from './players.ts'
import { type FakeHatchery, startWithFakes } from './start-with-fakes.ts'

/** A server with a deployed application. */
export interface Place extends FakeHatchery {
  readonly appId: string
  readonly buildId: string
  /** The token of a player of the application. */
  readonly playerToken: string
}

export async function aPlace(): Promise<Place> {
  const hatchery = await startWithFakes()
  const { appId, deployment } = await deployedApp(hatchery.client)
  const { appSecret } = await hatchery.client.appsV2.getApp(appId)
  const playerToken = await signedBy(appSecret, { id: 'player-1' })
  return { ...hatchery, appId, buildId: deployment.buildId, playerToken }
}

/** Sends `body` to an operation of the place; a `type` of null sends no content type. */
export function sendBody(
  { url, token, playerToken, appId, buildId }: Place,
  operation: Operation,
  { body, type = 'application/json' }: { body: BodyInit; type?: string | null },
): Promise<Response> {
  return fetch(`${url}${pathOf(operation, { appId, buildId })}`, {
    method: operation.method.toUpperCase(),
    headers: {
      authorization: operation.access === 'player' ? playerToken : token,
      ...(type !== null && { 'content-type': type }),
    },
    body,
    duplex: 'half',
  } as RequestInit)
}

export const characters = (length: number): string => 'x'.repeat(length)
