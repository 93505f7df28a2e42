/** Calls of the older versions' operations on builds, rooms and metrics, for the test of every answer. */
import type { operations } from '@hatchery/contract'
import { fileForm, postForm } from '../support/form.ts'
import { call } from '../support/json-call.ts'
import type { Noting } from './note-deprecated-apps.ts'

type Id = keyof typeof operations

/** A build with an archive of its own for each version that can run one. */
export async function noteOldBuilds({ hatchery, appId, note }: Noting): Promise<void> {
  const ask = (id: Id, method: string, path: string, body?: unknown) =>
    note(id, call(hatchery, method, path, body))
  const run = async (id: Id, path: string) => {
    const answer = await note(id, postForm(`${hatchery.url}${path}`, fileForm('game'), hatchery))
    await answer.text()
  }
  const numberOf = async (answer: Response) =>
    ((await answer.json()) as { buildId: number }).buildId

  const v1 = `/builds/v1/${appId}`
  const one = await numberOf(await ask('CreateBuildDeprecated', 'POST', `${v1}/create`, {}))
  await run('RunBuildDeprecated', `${v1}/run/${one}`)
  await ask('GetBuildsDeprecated', 'GET', `${v1}/list`)
  await ask('GetBuildInfoDeprecated', 'GET', `${v1}/info/${one}`)
  await ask('DeleteBuildDeprecated', 'DELETE', `${v1}/delete/${one}`)

  const v2 = `/builds/v2/${appId}`
  const two = await numberOf(await ask('CreateBuildV2Deprecated', 'POST', `${v2}/create`, {}))
  await run('RunBuildV2Deprecated', `${v2}/run/${two}`)
  await ask('GetBuildsV2Deprecated', 'GET', `${v2}/list`)
  await ask('GetBuildInfoV2Deprecated', 'GET', `${v2}/info/${two}`)
  await ask('DeleteBuildV2Deprecated', 'DELETE', `${v2}/delete/${two}`)
  await ask('CreateWithMultipartUploadsV2Deprecated', 'POST', `${v2}/createWithMultipartUploads`, {
    buildSizeInBytes: 1,
  })
  const made = await ask(
    ...(['CreateBuildWithUploadUrlV2Deprecated', 'POST', `${v2}/createWithUploadUrl`, {}] as const),
  )
  await note('UploadBuildFile', sentTo((await made.json()) as UploadForm))
}

interface UploadForm {
  readonly uploadUrl: string
  readonly uploadBodyParams: readonly { readonly key: string; readonly value: string }[]
}

function sentTo({ uploadUrl, uploadBodyParams }: UploadForm): Promise<Response> {
  const form = new FormData()
  for (const { key, value } of uploadBodyParams) form.append(key, value)
  form.append('file', new Blob(['game']), 'game.tgz')
  return fetch(uploadUrl, { method: 'POST', body: form })
}

export async function noteOldRooms({
  hatchery,
  appId,
  processId,
  note,
}: Noting & { readonly processId: string }): Promise<void> {
  const rooms = `/rooms/v1/${appId}`
  const ask = (id: Id, method: string, path: string, body?: unknown) =>
    note(id, call(hatchery, method, path, body))
  await ask('CreateRoomDeprecated', 'POST', `${rooms}/create?roomId=old`, { region: 'Chicago' })
  await ask('GetRoomInfoDeprecated', 'GET', `${rooms}/info/old`)
  await ask('GetActiveRoomsForProcessDeprecated', 'GET', `${rooms}/list/${processId}/active`)
  await ask('GetInactiveRoomsForProcessDeprecated', 'GET', `${rooms}/list/${processId}/inactive`)
  await ask('GetConnectionInfoDeprecated', 'GET', `${rooms}/connectioninfo/old`)
  await ask('SuspendRoomDeprecated', 'POST', `${rooms}/suspend/old`)
  await ask('DestroyRoomDeprecated', 'POST', `${rooms}/destroy/old`)
  await ask('GetMetricsDeprecated', 'GET', `/metrics/v1/${appId}/process/${processId}`)
}
