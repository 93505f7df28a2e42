/** The product's API as the rows need it: everything around what is measured. */
import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProductAddress } from './product.ts'

export interface Game {
  readonly appId: string
  readonly deploymentId: string
}

export interface GameOptions {
  readonly name: string
  /** What is uploaded as the build. */
  readonly folder: string
  /** 7777 where left out; one below 1024 is never given out as it is. */
  readonly containerPort?: number
}

export interface Api {
  /** Any call; rejects when the answer is no success. */
  call(method: string, path: string, body?: unknown): Promise<unknown>
  /** An application with a deployment of the uploaded folder. */
  deploy(options: GameOptions): Promise<Game>
  /** Answers the id of the new process. */
  create(appId: string): Promise<string>
  count(appId: string, query?: string): Promise<number>
  /** Waits until so many processes of these statuses are counted. */
  untilCount(appId: string, query: string, wanted: number): Promise<void>
}

const patienceMs = 120_000
export const region = 'Seattle'

export const createPath = (appId: string): string =>
  `/processes/v3/apps/${appId}/processes/regions/${region}`

export const authorization = ({ token }: ProductAddress) => ({ authorization: `Bearer ${token}` })

export function apiOf(address: ProductAddress): Api {
  const call: Api['call'] = (method, path, body) =>
    fetchJson(`${address.url}${path}`, {
      method,
      headers: { ...authorization(address), ...(body !== undefined && jsonType) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const count: Api['count'] = async (appId, query = '') => {
    const answer = await call('GET', `/processes/v3/apps/${appId}/processes/count${query}`)
    return (answer as { count: number }).count
  }
  return {
    call,
    count,
    deploy: (options) => deploy(call, options),
    async create(appId) {
      return ((await call('POST', createPath(appId))) as { processId: string }).processId
    },
    async untilCount(appId, query, wanted) {
      const end = performance.now() + patienceMs
      for (;;) {
        const counted = await count(appId, query)
        if (counted === wanted) return
        if (performance.now() > end) {
          throw new Error(`${counted} instead of ${wanted} processes with ${query}`)
        }
        await sleep(50)
      }
    },
  }
}

const jsonType = { 'content-type': 'application/json' }

async function deploy(call: Api['call'], options: GameOptions): Promise<Game> {
  const { name, folder, containerPort = 7_777 } = options
  const app = await call('POST', '/apps/v2/apps', { appName: name, authConfiguration: {} })
  const { appId } = app as { appId: string }
  const buildId = await uploadBuild(call, folder)
  const deployment = await call('POST', `/deployments/v3/apps/${appId}/deployments`, {
    ...{ buildId, env: [], idleTimeoutEnabled: false, roomsPerProcess: 3 },
    ...{ transportType: 'tcp', containerPort },
    ...{ requestedCPU: 1, requestedMemoryMB: 512 },
  })
  return { appId, deploymentId: (deployment as { deploymentId: string }).deploymentId }
}

interface CreatedBuild {
  readonly buildId: string
  readonly uploadParts: readonly { readonly partNumber: number; readonly putRequestUrl: string }[]
  readonly completeUploadPostRequestUrl: string
}

/** One part: builds of the bench are small. */
async function uploadBuild(call: Api['call'], folder: string): Promise<string> {
  const archive = execFileSync('tar', ['-czf', '-', '-C', folder, '.'])
  const build = (await call('POST', '/builds/v3/builds', {
    buildSizeInBytes: archive.byteLength,
    buildTag: 'bench',
  })) as CreatedBuild
  const [part] = build.uploadParts
  if (part === undefined) throw new Error('a build without a part to upload')
  const put = await fetch(part.putRequestUrl, { method: 'PUT', body: new Uint8Array(archive) })
  const etag = put.headers.get('etag') ?? ''
  await fetch(build.completeUploadPostRequestUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${etag}</ETag></Part></CompleteMultipartUpload>`,
  })
  await call('POST', `/builds/v3/builds/${build.buildId}/run`)
  return build.buildId
}

async function fetchJson(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init)
  const text = await response.text()
  if (!response.ok) throw new Error(`${init.method} ${url}: ${response.status} ${text}`)
  return response.headers.get('content-type')?.startsWith('application/json') === true
    ? (JSON.parse(text) as unknown)
    : text
}
