/** An application whose newest deployment can run, made as a backend makes it: through the API. */
import type {
  CreatedBuildV3WithMultipartUrls,
  DeploymentConfigV3,
  DeploymentV3,
  Hatchery,
} from '@hatchery/client'

export interface GameToDeploy {
  readonly appName?: string
  readonly deployment?: Partial<Omit<DeploymentConfigV3, 'buildId'>>
}

export async function deployGame(
  client: Hatchery,
  { appName = 'test-game', deployment = {} }: GameToDeploy,
): Promise<{ appId: string; deployment: DeploymentV3 }> {
  const { appId } = await client.appsV2.createApp({ appName, authConfiguration: {} })
  const buildId = await aBuild(client)
  const wanted = { ...usualDeployment, ...deployment, buildId }
  return { appId, deployment: await client.deploymentsV3.createDeployment(wanted, appId) }
}

const usualDeployment = {
  idleTimeoutEnabled: false,
  roomsPerProcess: 1,
  containerPort: 7_777,
  transportType: 'udp',
  env: [],
  requestedCPU: 0.5,
  requestedMemoryMB: 512,
} satisfies Omit<DeploymentConfigV3, 'buildId'>

/** Nothing looks into the archive of a fake game, which only must not be empty. */
const archive = new TextEncoder().encode('a fake game')

async function aBuild({ buildsV3 }: Hatchery): Promise<string> {
  const created = await buildsV3.createBuild({ buildSizeInBytes: archive.length })
  await upload(created)
  const output = await buildsV3.runBuild(created.buildId)
  await new Response(output).text()
  return created.buildId
}

async function upload({
  uploadParts,
  completeUploadPostRequestUrl,
}: CreatedBuildV3WithMultipartUrls): Promise<void> {
  const [part] = uploadParts
  if (part === undefined) throw new Error('the server gave no URL to upload a build to')
  const answer = await send('PUT', part.putRequestUrl, archive)
  const etag = answer.headers.get('etag') ?? ''
  const list = `<Part><PartNumber>${part.partNumber}</PartNumber><ETag>${etag}</ETag></Part>`
  const body = `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`
  await send('POST', completeUploadPostRequestUrl, body)
}

async function send(method: 'PUT' | 'POST', url: string, body: BodyInit): Promise<Response> {
  const type = method === 'PUT' ? 'application/octet-stream' : 'application/xml'
  const answer = await fetch(url, { method, body, headers: { 'content-type': type } })
  if (!answer.ok) throw new Error(`a build could not be uploaded: ${await answer.text()}`)
  return answer
}
