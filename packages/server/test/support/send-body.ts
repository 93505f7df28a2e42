/** Requests with bodies that no client would make, for every operation that takes one. */
import type { Operation } from '@hatchery/contract'
import { deployedApp } from './deployed-app.ts'
import { type FakeHatchery, startWithFakes } from './start-with-fakes.ts'

/** A server with a deployed application. */
export interface Place extends FakeHatchery {
  readonly appId: string
  readonly buildId: string
}

export async function aPlace(): Promise<Place> {
  const hatchery = await startWithFakes()
  const { appId, deployment } = await deployedApp(hatchery.client)
  return { ...hatchery, appId, buildId: deployment.buildId }
}

/** Sends `body` to an operation of the place; a `type` of null sends no content type. */
export function sendBody(
  { url, token, appId, buildId }: Place,
  { method, path }: Operation,
  { body, type = 'application/json' }: { body: BodyInit; type?: string | null },
): Promise<Response> {
  const values: Record<string, string> = { appId, buildId }
  return fetch(`${url}${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x')}`, {
    method: method.toUpperCase(),
    headers: {
      authorization: token,
      ...(type !== null && { 'content-type': type }),
    },
    body,
    duplex: 'half',
  } as RequestInit)
}

export const characters = (length: number): string => 'x'.repeat(length)
