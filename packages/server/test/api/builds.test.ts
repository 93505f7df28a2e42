/** Builds: create, upload in parts, complete, delete. */
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import { startWithFakes } from '../support/start-with-fakes.ts'
import {
  buildOf,
  completeUpload,
  completeXml,
  partOf,
  put,
  textOf,
  upload,
} from '../support/upload.ts'

const megabyte = 1_048_576
/** Parts of 1 MB, so that an archive of some MB has several. */
const smallParts = '--builds-part-mb=1'

const etagOf = (bytes: Uint8Array): string =>
  `"${createHash('sha256').update(bytes).digest('hex')}"`

describe('a new build', () => {
  test('has an id of ours, or the one that was asked for', async () => {
    const { client } = await startWithFakes()
    const ours = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
    expect(ours.buildId).toMatch(/^bld-[0-9a-f-]{36}$/)
    expect(ours).toMatchObject({
      status: 'created',
      imageSize: 0,
      startedAt: null,
      finishedAt: null,
      deletedAt: null,
    })
    expect(ours).not.toHaveProperty('buildTag')
    const chosen = await client.buildsV3.createBuild({
      buildId: 'my_build-1',
      buildTag: 'v1',
      buildSizeInBytes: 5,
    })
    expect(chosen).toMatchObject({ buildId: 'my_build-1', buildTag: 'v1' })
    const { builds } = await client.buildsV3.getBuilds()
    expect(builds.map(({ buildId }) => buildId)).toEqual(['my_build-1', ours.buildId])
  })

  test('cannot have an id that was used before, by a deleted one either', async () => {
    const { client } = await startWithFakes()
    const { buildsV3 } = client
    await buildsV3.createBuild({ buildId: 'mine', buildSizeInBytes: 5 })
    const taken = {
      status: 422,
      code: 'taken',
      message: 'a build mine exists already: choose another id',
    }
    const again = (): Promise<unknown> =>
      buildsV3.createBuild({ buildId: 'mine', buildSizeInBytes: 5 })
    expect(await refusalOf(again())).toMatchObject(taken)
    await buildsV3.deleteBuild('mine')
    expect(await refusalOf(again())).toMatchObject(taken)
    expect(await refusalOf(buildsV3.createBuildRegistry({ buildId: 'mine' }))).toMatchObject(taken)
  })

  const sizes: [number, number][] = [
    [1, 1],
    [megabyte - 1, 1],
    [megabyte, 1],
    [megabyte + 1, 2],
    [3 * megabyte, 3],
    [20 * megabyte, 20],
  ]

  test.for(sizes)('of %d bytes gets %d parts of 1 MB', async ([buildSizeInBytes, count]) => {
    const { client } = await startWithFakes(smallParts)
    const created = await client.buildsV3.createBuild({ buildSizeInBytes })
    expect(created.maxChunkSize).toBe(megabyte)
    expect(created.uploadParts.map(({ partNumber }) => partNumber)).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    )
    expect(new Set(created.uploadParts.map((part) => part.putRequestUrl)).size).toBe(count)
  })

  test('of more than 10 GB, of nothing or of half a byte is refused', async () => {
    const { client } = await startWithFakes()
    for (const buildSizeInBytes of [10 * 1024 * megabyte + 1, 0, -1, 1.5]) {
      const refusal = await refusalOf(client.buildsV3.createBuild({ buildSizeInBytes }))
      expect(refusal.status).toBe(422)
      expect(refusal.message).toContain('body.buildSizeInBytes')
      expect(refusal.message).toContain(`got ${buildSizeInBytes}`)
    }
    expect(await client.buildsV3.getBuilds()).toEqual({ builds: [] })
  })
})

describe('uploading', () => {
  test('sends the parts at once, in any order, and the build gets every byte at its place', async () => {
    const { client, driver } = await startWithFakes(smallParts)
    const archive = randomBytes(3 * megabyte + 7)
    const { build } = await buildOf(client, archive)
    expect(build).toMatchObject({ status: 'succeeded', imageSize: archive.length })
    expect(build.contentHash).toBe(createHash('sha256').update(archive).digest('hex'))
    expect(await driver.builder.artifacts()).toEqual([build.contentHash])
  })

  test('needs no token, and answers the SHA-256 of a part as its ETag', async () => {
    const { client } = await startWithFakes()
    const bytes = Buffer.from('hello')
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: bytes.length })
    const answer = await put(created.uploadParts[0]?.putRequestUrl ?? '', bytes)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).toBe(etagOf(bytes))
    expect(await answer.text()).toBe('')
  })

  test('a part again overwrites it, and the ETag of before does not count any more', async () => {
    const { client } = await startWithFakes()
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
    const url = created.uploadParts[0]?.putRequestUrl ?? ''
    await put(url, Buffer.from('first'))
    await put(url, Buffer.from('later'))
    const before = await completeUpload(created, completeXml([etagOf(Buffer.from('first'))]))
    expect(await refusalIn(before)).toMatchObject({ status: 422 })
    const now = await completeUpload(created, completeXml([etagOf(Buffer.from('later'))]))
    expect(now.status).toBe(200)
    expect(await textOf(await client.buildsV3.runBuild(created.buildId))).toContain('succeeded')
    const { contentHash } = await client.buildsV3.getBuild(created.buildId)
    expect(`"${contentHash}"`).toBe(etagOf(Buffer.from('later')))
  })

  test('a part of the wrong length is refused with the right one, and counts as missing', async () => {
    const { client } = await startWithFakes(smallParts)
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: megabyte + 5 })
    for (const length of [0, 4, 6]) {
      const answer = await put(created.uploadParts[1]?.putRequestUrl ?? '', Buffer.alloc(length))
      expect(await refusalIn(answer)).toMatchObject({
        status: 422,
        message: `part 2 must have exactly 5 bytes; its Content-Length is ${length}`,
      })
    }
    await put(created.uploadParts[0]?.putRequestUrl ?? '', Buffer.alloc(megabyte))
    const run = await refusalOf(client.buildsV3.runBuild(created.buildId))
    expect(run).toMatchObject({ status: 400, code: 'not-now' })
    expect(run.message).toContain('missing parts: 2')
  })

  test('a part that is sent in chunks, without a length, is held to its length all the same', async () => {
    const { client } = await startWithFakes()
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
    const url = created.uploadParts[0]?.putRequestUrl ?? ''
    for (const text of ['four', 'sixsix']) {
      const answer = await fetch(url, {
        method: 'PUT',
        body: new Blob([text]).stream(),
        duplex: 'half',
      } as RequestInit)
      expect((await refusalIn(answer)).status).toBe(422)
    }
    const answer = await fetch(url, {
      method: 'PUT',
      body: new Blob(['fives']).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(answer.headers.get('etag')).toBe(etagOf(Buffer.from('fives')))
  })

  test('the CLI’s document, and ones of other tools, complete it', async () => {
    const { client } = await startWithFakes(smallParts)
    const archive = randomBytes(megabyte + 1)
    const forms: ((etags: string[]) => string)[] = [
      completeXml,
      ([one, two]) =>
        `<?xml version="1.0" encoding="UTF-8"?>\n<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Part><ETag>${two?.replaceAll('"', '&quot;')}</ETag><PartNumber>2</PartNumber></Part><Part><ETag>${one?.replaceAll('"', '&#34;')}</ETag><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>\n`,
      ([one, two]) =>
        `<CompleteMultipartUpload>\r\n  <Part>\r\n    <PartNumber> 1 </PartNumber>\r\n    <ETag>${one?.replaceAll('"', '')}</ETag>\r\n  </Part>\r\n  <Part><PartNumber>2</PartNumber><ETag>${two}</ETag></Part>\r\n</CompleteMultipartUpload>`,
    ]
    for (const form of forms) {
      const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
      const etags = await Promise.all(
        created.uploadParts.map(async ({ partNumber, putRequestUrl }) => {
          const answer = await put(putRequestUrl, partOf(created, partNumber, archive))
          return answer.headers.get('etag') ?? ''
        }),
      )
      for (const time of ['first', 'again']) {
        const answer = await completeUpload(created, form(etags))
        expect({ time, status: answer.status, text: await answer.text() }).toEqual({
          time,
          status: 200,
          text: '',
        })
      }
      expect(await textOf(await client.buildsV3.runBuild(created.buildId))).toContain('succeeded')
    }
  })

  test('a list with a missing part, a wrong ETag or no sense is refused and says why', async () => {
    const { client } = await startWithFakes(smallParts)
    const archive = randomBytes(megabyte + 1)
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: archive.length })
    const [one = '', two = ''] = [1, 2].map((part) => etagOf(partOf(created, part, archive)))
    await put(created.uploadParts[0]?.putRequestUrl ?? '', partOf(created, 1, archive))
    const refused: [string, string][] = [
      [completeXml([one, two]), 'part 2'],
      [completeXml([one]), 'part 2'],
      [completeXml([two, two]), 'part 1'],
      [completeXml([one, '']), 'part 2'],
      ['', 'an element is expected at character 1; got the end'],
      ['{"parts":[]}', 'an element is expected at character 1; got "{'],
      ['<Parts></Parts>', 'it must begin with <CompleteMultipartUpload>'],
      ['<CompleteMultipartUpload></CompleteMultipartUpload>', 'part'],
      ['<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>', 'PartNumber'],
    ]
    for (const [xml, text] of refused) {
      const refusal = await refusalIn(await completeUpload(created, xml))
      expect({ xml, ...refusal }).toMatchObject({ xml, status: 422 })
      expect(refusal.message.toLowerCase()).toContain(text.toLowerCase())
    }
    expect(await refusalOf(client.buildsV3.runBuild(created.buildId))).toMatchObject({ status: 400 })
    await put(created.uploadParts[1]?.putRequestUrl ?? '', partOf(created, 2, archive))
    expect((await completeUpload(created, completeXml([one, two]))).status).toBe(200)
  })

  test('to a URL that is forged, of another part, build or time is refused and writes nothing', async () => {
    const { client } = await startWithFakes(smallParts)
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: 2 * megabyte })
    const other = await client.buildsV3.createBuild({ buildSizeInBytes: 2 * megabyte })
    const url = new URL(created.uploadParts[0]?.putRequestUrl ?? '')
    const changed = (change: (next: URL) => void): string => {
      const next = new URL(url)
      change(next)
      return next.href
    }
    const forged = {
      'another part': changed((next) => (next.pathname = next.pathname.replace(/1$/, '2'))),
      'another build': changed(
        (next) => (next.pathname = next.pathname.replace(created.buildId, other.buildId)),
      ),
      'a later end': changed((next) =>
        next.searchParams.set('expires', String(Number(next.searchParams.get('expires')) + 1)),
      ),
      'no signature': changed((next) => next.searchParams.delete('signature')),
      'an empty signature': changed((next) => next.searchParams.set('signature', '')),
      'a cut signature': changed((next) =>
        next.searchParams.set('signature', next.searchParams.get('signature')?.slice(1) ?? ''),
      ),
      'a signature that is no ASCII': changed((next) => next.searchParams.set('signature', 'é'.repeat(43))),
      'no end': changed((next) => next.searchParams.delete('expires')),
      'an end that was': changed((next) => next.searchParams.set('expires', '1')),
    }
    for (const [name, address] of Object.entries(forged)) {
      const refusal = await refusalIn(await put(address, Buffer.alloc(megabyte)))
      expect({ name, status: refusal.status }).toEqual({ name, status: expect.toSatisfy((s) => [400, 404, 422].includes(s as number)) })
      expect(refusal.message).not.toContain(url.searchParams.get('signature'))
    }
    const run = await refusalOf(client.buildsV3.runBuild(created.buildId))
    expect(run.message).toContain('missing parts: 1, 2')
  })

  test('is over once the build ran: its URLs take nothing more', async () => {
    const { client } = await startWithFakes()
    const bytes = Buffer.from('hello')
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: bytes.length })
    await upload(created, bytes)
    await textOf(await client.buildsV3.runBuild(created.buildId))
    const answers = [
      await put(created.uploadParts[0]?.putRequestUrl ?? '', bytes),
      await completeUpload(created, completeXml([etagOf(bytes)])),
    ]
    for (const answer of answers) {
      expect(await refusalIn(answer)).toMatchObject({
        status: 400,
        message: 'the build of this URL is succeeded: create another build to upload to',
      })
    }
  })
})

describe('a deleted build', () => {
  test('leaves the list, is still found, cannot be uploaded or run, and is deleted twice alike', async () => {
    const { client } = await startWithFakes()
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
    expect(await client.buildsV3.deleteBuild(created.buildId)).toEqual({})
    const deleted = await client.buildsV3.getBuild(created.buildId)
    expect(deleted.deletedAt).toBeInstanceOf(Date)
    expect(await client.buildsV3.getBuilds()).toEqual({ builds: [] })
    expect(await client.buildsV3.deleteBuild(created.buildId)).toEqual({})
    expect(await client.buildsV3.getBuild(created.buildId)).toEqual(deleted)
    expect(await refusalOf(client.buildsV3.runBuild(created.buildId))).toMatchObject({
      status: 400,
      message: `build ${created.buildId} was deleted: create another one`,
    })
    const answer = await put(created.uploadParts[0]?.putRequestUrl ?? '', Buffer.from('hello'))
    expect(await refusalIn(answer)).toMatchObject({
      status: 404,
      message: 'the build of this URL is gone',
    })
  })

  test('that nobody knows is 404', async () => {
    const { client } = await startWithFakes()
    const calls = [
      client.buildsV3.getBuild('bld-x'),
      client.buildsV3.deleteBuild('bld-x'),
      client.buildsV3.runBuild('bld-x'),
      client.buildsV3.runBuildRegistry('bld-x', { image: 'a' }),
    ]
    for (const refusal of await Promise.all(calls.map(refusalOf))) {
      expect(refusal).toMatchObject({
        status: 404,
        message: 'there is no build "bld-x"; GET /builds/v3/builds lists yours',
      })
    }
  })
})
