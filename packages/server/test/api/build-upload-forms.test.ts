/** Archives that are uploaded before RunBuild of BuildsV2: by form, as to S3, and in parts. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { uploadForm } from '../../src/api/upload-url.ts'
import { eventually } from '../support/eventually.ts'
import { fileForm, formBytes, postForm } from '../support/form.ts'
import { archive, oldBuildsPlace, output } from '../support/old-builds-place.ts'
import { refusalIn } from '../support/refusal.ts'
import { textOf, upload } from '../support/upload.ts'

const megabyte = 1_048_576

describe('an upload by form', () => {
  const sendTo = (
    { uploadUrl, uploadBodyParams }: { uploadUrl: string; uploadBodyParams: Params },
    content: string | null,
    change: (params: Params) => Params = (params) => params,
  ): Promise<Response> => {
    const form = new FormData()
    for (const { key, value } of change(uploadBodyParams)) form.append(key, value)
    if (content !== null) form.append('file', new Blob([content]), 'game.tgz')
    return fetch(uploadUrl, { method: 'POST', body: form })
  }
  type Params = { key: string; value: string }[]

  test('needs no token, and is run without a file in any version', async () => {
    const { official, client, run, idOf, url } = await oldBuildsPlace()
    const create = () => official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    for (const created of [await create(), await create(), await create()]) {
      expect(created.uploadUrl).toMatch(new RegExp(`^${url}/hatchery/v1/uploads/bld-[^?]*/file$`))
      const answer = await sendTo(created, archive)
      expect({ status: answer.status, text: await answer.text() }).toEqual({
        status: 204,
        text: '',
      })
    }
    expect(await textOf(await official.buildsV2.runBuildV2Deprecated(1, {}))).toBe(output)
    expect(await textOf(await client.buildsV3.runBuild(await idOf(2)))).toBe(output)
    // V1 knows no build without a file, and that has one.
    expect((await refusalIn(await run('v1', 3, fileForm('x')))).message).toBe(
      'build 3 has its archive already: run it without a file, or create another build',
    )
    expect((await refusalIn(await run('v1', 3, formBytes([])))).status).toBe(422)
    expect(await textOf(await official.buildsV2.runBuildV2Deprecated(3, {}))).toBe(output)
  })

  test('is taken once', async () => {
    const { official, left } = await oldBuildsPlace()
    const created = await official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    expect((await sendTo(created, archive)).status).toBe(204)
    const [kept] = left()
    expect(await refusalIn(await sendTo(created, 'another'))).toMatchObject({
      ...{ status: 400, code: 'not-now' },
      message: 'build 1 has its archive already: run it without a file, or create another build',
    })
    expect(await textOf(await official.buildsV2.runBuildV2Deprecated(1, {}))).toBe(output)
    await eventually('it is gone', () => !left().includes(kept ?? ''))
    expect(await refusalIn(await sendTo(created, 'another'))).toMatchObject({
      ...{ status: 400 },
      message: 'the build of this URL is succeeded: create another build to upload to',
    })
  })

  test('can be left out: its build takes an archive from RunBuild too', async () => {
    const { official } = await oldBuildsPlace()
    await official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    const refusal = await refusalOfOfficial(official.buildsV2.runBuildV2Deprecated(1, {}))
    expect(refusal).toContain('has no archive yet')
    const file = new Blob([archive])
    expect(await textOf(await official.buildsV2.runBuildV2Deprecated(1, { file }))).toBe(output)
  })

  const refused: [string, (params: Params) => Params, number, string][] = [
    ['without its fields', () => [], 422, 'must have the fields `expires` and `signature`'],
    [
      'with a later end',
      (params) =>
        params.map(({ key, value }) => ({
          key,
          value: key === 'expires' ? `${Number(value) + 1}` : value,
        })),
      404,
      'the signature of this upload URL is wrong',
    ],
    [
      'with another signature',
      (params) =>
        params.map(({ key, value }) => ({
          key,
          value: key === 'signature' ? value.toUpperCase() : value,
        })),
      404,
      'the signature of this upload URL is wrong',
    ],
    [
      'with an end that is no number',
      (params) =>
        params.map(({ key, value }) => ({ key, value: key === 'expires' ? 'never' : value })),
      404,
      'the signature of this upload URL is wrong',
    ],
  ]

  test.for(refused)('%s is refused and leaves nothing', async ([, change, status, message]) => {
    const { official, left } = await oldBuildsPlace()
    const created = await official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    const refusal = await refusalIn(await sendTo(created, archive, change))
    expect(refusal.status).toBe(status)
    expect(refusal.message).toContain(message)
    for (const { value } of created.uploadBodyParams) expect(refusal.message).not.toContain(value)
    expect(left()).toEqual([])
  })

  test('to another build, too late, without a file or with the file first is refused', async () => {
    const { official, client, data, url, idOf, left } = await oldBuildsPlace()
    const created = await official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    const other = await official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    const { uploadBodyParams } = created
    const crossed = await sendTo({ uploadUrl: other.uploadUrl, uploadBodyParams }, archive)
    expect(await refusalIn(crossed)).toMatchObject({ status: 404, code: 'not-found' })
    const key = readFileSync(join(data, 'upload-key'))
    const buildId = await idOf(1)
    const late = uploadForm({ baseUrl: url, key, buildId, now: Date.now() - 3_602_000 })
    expect(await refusalIn(await sendTo(late, archive))).toMatchObject({
      ...{ status: 400, message: expect.stringMatching(/^this upload URL expired at/) },
    })
    expect(await refusalIn(await sendTo(created, null))).toMatchObject({
      ...{ status: 422, message: 'the form has no part `file`: send the archive in it' },
    })
    const first = formBytes([
      { content: archive, fileName: 'x' },
      ...uploadBodyParams.map(({ key: name, value: content }) => ({ name, content })),
    ])
    expect(await refusalIn(await postForm(created.uploadUrl, first))).toMatchObject({
      ...{ status: 422, message: expect.stringContaining('in front of its file') },
    })
    // What permits a part permits no file, and the other way round.
    const parts = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
    const { searchParams } = new URL(parts.uploadParts[0]?.putRequestUrl ?? '')
    const params = [...searchParams].map(([name, value]) => ({ key: name, value }))
    const toPart = `${url}/hatchery/v1/uploads/${parts.buildId}/file`
    const refusal = await refusalIn(
      await sendTo({ uploadUrl: toPart, uploadBodyParams: params }, 'x'),
    )
    expect(refusal).toMatchObject({ status: 404 })
    expect(left()).toEqual([parts.buildId])
  })

  test('is not there any more once its build was deleted', async () => {
    const { official, left } = await oldBuildsPlace()
    const created = await official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    await sendTo(created, archive)
    await official.buildsV2.deleteBuildV2Deprecated(1)
    expect(left()).toEqual([])
    expect(await refusalIn(await sendTo(created, archive))).toMatchObject({
      ...{ status: 404, message: 'the build of this URL is gone' },
    })
  })

  test('survives a restart of the server', async () => {
    const place = await oldBuildsPlace()
    const created = await place.official.buildsV2.createBuildWithUploadUrlV2Deprecated({})
    await sendTo(created, archive)
    const { client } = await place.restart()
    expect(await textOf(await client.buildsV2.runBuildV2Deprecated(1, {}, place.appId))).toBe(
      output,
    )
  })
})

test('an upload in parts is that of BuildsV3, and runs in all versions', async () => {
  const { official, run } = await oldBuildsPlace('--builds-part-mb=1')
  const bytes = Buffer.alloc(2 * megabyte + 1, 'x')
  for (const number of [1, 2]) {
    const created = await official.buildsV2.createWithMultipartUploadsV2Deprecated({
      ...{ buildSizeInBytes: bytes.length, buildTag: `${number}` },
    })
    expect(created).toMatchObject({
      buildId: number,
      buildTag: `${number}`,
      maxChunkSize: megabyte,
    })
    expect(created.uploadParts).toHaveLength(3)
    const refusal = await refusalIn(await run('v2', number, formBytes([])))
    expect(refusal).toMatchObject({ status: 400 })
    expect(refusal.message).toContain('missing parts: 1, 2, 3')
    await upload(created, bytes)
  }
  const done = `reading ${bytes.length} bytes\nbuild succeeded\n`
  expect(await textOf(await official.buildsV2.runBuildV2Deprecated(1, {}))).toBe(done)
  expect((await refusalIn(await run('v1', 2, formBytes([])))).status).toBe(422)
  expect(await (await run('v2', 2, formBytes([]))).text()).toBe(done)
  expect(await (await run('v1', 2, formBytes([]))).text()).toBe(done)
})

/** What the official client throws, in words. */
const refusalOfOfficial = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'it was answered',
    (error: unknown) => String(error),
  )
