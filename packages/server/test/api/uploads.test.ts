/** Uploading archives: parts, the list that completes them, and the URLs that carry their own permission. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { uploadUrl } from '../../src/api/upload-url.ts'
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

/** Sends the parts and leaves without a word. */
function breakOff(url: string, ...parts: (string | Uint8Array)[]): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  for (const part of parts.slice(0, -1)) socket.write(part)
  return new Promise((resolve) => {
    socket.write(parts.at(-1) ?? '', () => {
      socket.destroy()
      resolve()
    })
  })
}

test('an upload sends the parts at once, in any order, and the build gets every byte at its place', async () => {
  const { client, driver } = await startWithFakes(smallParts)
  const archive = randomBytes(3 * megabyte + 7)
  const { build } = await buildOf(client, archive)
  expect(build).toMatchObject({ status: 'succeeded', imageSize: archive.length })
  expect(build.contentHash).toBe(createHash('sha256').update(archive).digest('hex'))
  expect(await driver.builder.artifacts()).toEqual([build.contentHash])
})

test('an upload needs no token, and answers the SHA-256 of a part as its ETag', async () => {
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

test('the CLI’s document, and those of other tools, complete an upload', async () => {
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

test('a list of parts with a missing one, a wrong ETag or no sense is refused and says why', async () => {
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
    [
      '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>',
      'PartNumber',
    ],
  ]
  for (const [xml, text] of refused) {
    const refusal = await refusalIn(await completeUpload(created, xml))
    expect({ xml, ...refusal }).toMatchObject({ xml, status: 422 })
    expect(refusal.message.toLowerCase()).toContain(text.toLowerCase())
  }
  expect(await refusalOf(client.buildsV3.runBuild(created.buildId))).toMatchObject({
    status: 400,
  })
  await put(created.uploadParts[1]?.putRequestUrl ?? '', partOf(created, 2, archive))
  expect((await completeUpload(created, completeXml([one, two]))).status).toBe(200)
})

test('an upload to a URL that is forged, of another part, build or time is refused and writes nothing', async () => {
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
    'a signature that is no ASCII': changed((next) =>
      next.searchParams.set('signature', 'é'.repeat(43)),
    ),
    'no end': changed((next) => next.searchParams.delete('expires')),
    'an end that was': changed((next) => next.searchParams.set('expires', '1')),
  }
  for (const [name, address] of Object.entries(forged)) {
    const refusal = await refusalIn(await put(address, Buffer.alloc(megabyte)))
    expect({ name, status: refusal.status }).toEqual({
      name,
      status: expect.toSatisfy((s) => [400, 404, 422].includes(s as number)),
    })
    expect(refusal.message).not.toContain(url.searchParams.get('signature'))
  }
  const run = await refusalOf(client.buildsV3.runBuild(created.buildId))
  expect(run.message).toContain('missing parts: 1, 2')
})

test('an upload to a URL that is older than an hour is refused', async () => {
  const { client, data, url } = await startWithFakes()
  const { buildId } = await client.buildsV3.createBuild({ buildSizeInBytes: 5 })
  const key = readFileSync(join(data, 'upload-key'))
  const signed = (ageMs: number): string =>
    uploadUrl({ baseUrl: url, key, buildId, part: 1, now: Date.now() - ageMs })
  const late = await put(signed(3_602_000), Buffer.from('hello'))
  const refusal = await refusalIn(late)
  expect(refusal).toMatchObject({ status: 400, code: 'not-now' })
  expect(refusal.message).toMatch(/^this upload URL expired at .*: create another build$/)
  expect((await put(signed(3_590_000), Buffer.from('hello'))).status).toBe(200)
})

test('the same part from several senders at once keeps the bytes of the ETag that counts', async () => {
  const { client } = await startWithFakes(smallParts)
  for (let round = 0; round < 5; round += 1) {
    const created = await client.buildsV3.createBuild({ buildSizeInBytes: megabyte })
    const address = created.uploadParts[0]?.putRequestUrl ?? ''
    const senders = Array.from({ length: 4 }, () => put(address, randomBytes(megabyte)))
    const etags = (await Promise.all(senders)).flatMap(({ headers }) => headers.get('etag') ?? [])
    const completed: string[] = []
    for (const etag of etags) {
      if ((await completeUpload(created, completeXml([etag]))).status === 200) completed.push(etag)
    }
    expect(completed).toHaveLength(1)
    await textOf(await client.buildsV3.runBuild(created.buildId))
    const { contentHash } = await client.buildsV3.getBuild(created.buildId)
    expect(`"${contentHash}"`).toBe(completed[0])
  }
})

test('a part that breaks off in the middle counts as missing, and can be sent again', async () => {
  const { client, url } = await startWithFakes(smallParts)
  const archive = randomBytes(megabyte)
  const created = await client.buildsV3.createBuild({ buildSizeInBytes: megabyte })
  const address = new URL(created.uploadParts[0]?.putRequestUrl ?? '')
  const head = `PUT ${address.pathname}${address.search} HTTP/1.1\r\nHost: ${address.host}\r\nContent-Length: ${megabyte}\r\n\r\n`
  await breakOff(url, head, archive.subarray(0, 500_000))
  const complete = await completeUpload(created, completeXml([etagOf(archive)]))
  expect([400, 422]).toContain((await refusalIn(complete)).status)
  const run = await refusalOf(client.buildsV3.runBuild(created.buildId))
  expect(run.message).toContain('missing parts: 1')
  await upload(created, archive)
  expect(await textOf(await client.buildsV3.runBuild(created.buildId))).toContain('succeeded')
})

test('an upload is over once the build ran: its URLs take nothing more', async () => {
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
