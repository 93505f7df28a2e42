/** Builds as BuildsV1 and V2 make, find, upload and run them: the same builds as those of BuildsV3. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { type FormPart, boundary, fileForm, formBytes, formType } from '../support/form.ts'
import { archive, halfSent, oldBuildsPlace, output } from '../support/old-builds-place.ts'
import { exchange } from '../support/raw-http.ts'
import { refusalIn, refusalOf } from '../support/refusal.ts'
import { buildOf, textOf } from '../support/upload.ts'

const megabyte = 1_048_576

describe('a build', () => {
  test('made in any version is in all, and is the same', async () => {
    const { official, client, appId, idOf } = await oldBuildsPlace()
    const { buildsV1, buildsV2 } = official
    const one = await buildsV1.createBuildDeprecated({ buildTag: 'one' })
    const two = await buildsV2.createBuildV2Deprecated({})
    const three = await buildsV2.createBuildWithUploadUrlV2Deprecated({ buildTag: 'three' })
    const four = await buildsV2.createWithMultipartUploadsV2Deprecated({ buildSizeInBytes: 5 })
    const five = await client.buildsV3.createBuild({ buildSizeInBytes: 5, buildTag: 'five' })
    expect(one).toEqual({
      ...{ buildId: 1, appId, buildTag: 'one', status: 'created', imageSize: 0 },
      ...{ createdAt: expect.any(Date), createdBy: five.createdBy, regionalContainerTags: [] },
      ...{ startedAt: null, finishedAt: null, deletedAt: null },
    })
    expect([one, two, three, four].map(({ buildId }) => buildId)).toEqual([1, 2, 3, 4])
    const listed = await buildsV1.getBuildsDeprecated()
    expect(listed.map(({ buildId, buildTag }) => [buildId, buildTag])).toEqual([
      ...[
        [5, 'five'],
        [4, undefined],
        [3, 'three'],
        [2, undefined],
        [1, 'one'],
      ],
    ])
    expect(await buildsV2.getBuildsV2Deprecated()).toEqual(listed)
    for (const build of listed) {
      expect(await buildsV1.getBuildInfoDeprecated(build.buildId)).toEqual(build)
      expect(await buildsV2.getBuildInfoV2Deprecated(build.buildId)).toEqual(build)
      const { createdAt, status } = await client.buildsV3.getBuild(await idOf(build.buildId))
      expect(build).toMatchObject({ createdAt, status })
    }
  })

  test('deleted in any version is deleted in all', async () => {
    const { official, client, idOf } = await oldBuildsPlace()
    for (const id of [1, 2, 3]) await official.buildsV1.createBuildDeprecated({ buildTag: `${id}` })
    const third = await idOf(3)
    expect(await official.buildsV1.deleteBuildDeprecated(1)).toBeUndefined()
    expect(await official.buildsV2.deleteBuildV2Deprecated(2)).toBeUndefined()
    await official.buildsV2.deleteBuildV2Deprecated(2)
    await client.buildsV3.deleteBuild(third)
    expect(await official.buildsV2.getBuildsV2Deprecated()).toEqual([])
    for (const id of [1, 2, 3]) {
      const build = await official.buildsV1.getBuildInfoDeprecated(id)
      expect(build).toMatchObject({ buildId: id, deletedAt: expect.any(Date) })
    }
    // Its number is no other's.
    expect((await official.buildsV1.createBuildDeprecated({})).buildId).toBe(4)
  })

  test('of nobody, or in an application of nobody, is 404', async () => {
    const { client, appId } = await oldBuildsPlace()
    await client.buildsV1.createBuildDeprecated({}, appId)
    const form = { file: new Blob([archive]) }
    const unknown = [
      client.buildsV1.getBuildInfoDeprecated(7, appId),
      client.buildsV2.getBuildInfoV2Deprecated(7, appId),
      client.buildsV1.deleteBuildDeprecated(7, appId),
      client.buildsV2.deleteBuildV2Deprecated(7, appId),
      client.buildsV1.runBuildDeprecated(7, form, appId),
      client.buildsV2.runBuildV2Deprecated(7, form, appId),
    ]
    for (const refusal of await Promise.all(unknown.map(refusalOf))) {
      expect(refusal).toMatchObject({
        ...{ status: 404, message: 'there is no build 7; GET /builds/v2/{appId}/list lists yours' },
      })
    }
    const elsewhere = [
      client.buildsV1.getBuildsDeprecated('app-x'),
      client.buildsV1.createBuildDeprecated({}, 'app-x'),
      client.buildsV2.createBuildWithUploadUrlV2Deprecated({}, 'app-x'),
      client.buildsV2.createWithMultipartUploadsV2Deprecated({ buildSizeInBytes: 1 }, 'app-x'),
      client.buildsV1.getBuildInfoDeprecated(1, 'app-x'),
      client.buildsV2.runBuildV2Deprecated(1, form, 'app-x'),
    ]
    for (const refusal of await Promise.all(elsewhere.map(refusalOf))) {
      expect(refusal.status).toBe(404)
      expect(refusal.message).toContain('there is no application "app-x"')
    }
    expect(await client.buildsV2.getBuildsV2Deprecated(appId)).toHaveLength(1)
  })
})

describe('an archive in the form of RunBuild', () => {
  test('is built, and its output is a text in V1 and a stream in V2', async () => {
    const { official, run, client, idOf, left } = await oldBuildsPlace()
    await official.buildsV1.createBuildDeprecated({})
    await official.buildsV2.createBuildV2Deprecated({})
    const file = new Blob([archive])
    expect(await official.buildsV1.runBuildDeprecated(1, { file })).toBe(output)
    expect(await textOf(await official.buildsV2.runBuildV2Deprecated(2, { file }))).toBe(output)
    for (const number of [1, 2]) {
      const build = await official.buildsV2.getBuildInfoV2Deprecated(number)
      expect(build).toMatchObject({ status: 'succeeded', imageSize: 13 })
      expect(await textOf(await client.buildsV3.runBuild(await idOf(number)))).toBe(output)
    }
    await official.buildsV1.createBuildDeprecated({})
    const answer = await run('v1', 3, fileForm('fail: no Procfile'))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await answer.text()).toBe('reading 17 bytes\nerror: no Procfile\n')
    expect((await official.buildsV1.getBuildInfoDeprecated(3)).status).toBe('failed')
    await eventually('the archives are gone', () => left().length === 0)
  })

  test('has every byte, whatever they are and however they come', async () => {
    const { official, client, run, idOf, driver } = await oldBuildsPlace()
    const bytes = randomBytes(5 * megabyte + 3)
    bytes.write(`\r\n--${boundary.slice(0, -1)}x`, megabyte)
    await official.buildsV2.createBuildV2Deprecated({})
    await official.buildsV2.createBuildV2Deprecated({})
    const form = fileForm(bytes)
    await (await run('v2', 1, form)).text()
    // Without a Content-Length, in chunks.
    await (await run('v1', 2, new Blob([form]).stream())).text()
    const [first, second] = [
      await client.buildsV3.getBuild(await idOf(1)),
      await client.buildsV3.getBuild(await idOf(2)),
    ]
    expect(first).toMatchObject({ status: 'succeeded', imageSize: bytes.length })
    expect(second.contentHash).toBe(first.contentHash)
    expect(await driver.builder.artifacts()).toEqual([first.contentHash])
  })

  test('is taken once: another one is refused, and the first goes on', async () => {
    const { official, run, builder } = await oldBuildsPlace()
    await official.buildsV2.createBuildV2Deprecated({})
    const release = builder.hold()
    const running = await run('v2', 1, fileForm(archive))
    for (const version of ['v1', 'v2'] as const) {
      expect(await refusalIn(await run(version, 1, fileForm('another')))).toMatchObject({
        ...{ status: 400, code: 'not-now' },
        message: 'build 1 is running: run it without a file, or create another build',
      })
    }
    release()
    expect(await running.text()).toBe(output)
    expect(await refusalIn(await run('v1', 1, fileForm('another')))).toMatchObject({
      ...{ status: 400 },
      message: 'build 1 is succeeded: run it without a file, or create another build',
    })
  })

  test('is joined and replayed by another run without one', async () => {
    const { official, client, run, idOf, builder } = await oldBuildsPlace()
    await official.buildsV1.createBuildDeprecated({})
    const release = builder.hold()
    const first = await run('v1', 1, fileForm(archive))
    const others = [
      run('v1', 1, formBytes([])).then((answer) => answer.text()),
      official.buildsV2.runBuildV2Deprecated(1, {}).then(textOf),
      client.buildsV3.runBuild(await idOf(1)).then(textOf),
    ]
    release()
    expect(await Promise.all([first.text(), ...others])).toEqual(Array(4).fill(output))
    expect(await (await run('v1', 1, formBytes([]))).text()).toBe(output)
    expect(await textOf(await official.buildsV2.runBuildV2Deprecated(1, {}))).toBe(output)
  })

  test('for a build that gets its content elsewhere is refused', async () => {
    const { official, client, run, left } = await oldBuildsPlace()
    await official.buildsV2.createWithMultipartUploadsV2Deprecated({ buildSizeInBytes: 5 })
    await client.buildsV3.createBuildRegistry({})
    const [reserved] = left()
    const cases = [
      [1, 'build 1 was created for an upload in parts: run it without a file'],
      [2, 'build 2 was created for an image: run it without a file'],
    ] as const
    for (const [number, message] of cases) {
      const refusal = await refusalIn(await run('v2', number, fileForm(archive)))
      expect(refusal).toMatchObject({ status: 400, code: 'not-now' })
      expect(refusal.message).toContain(message)
    }
    await official.buildsV1.createBuildDeprecated({})
    await official.buildsV1.deleteBuildDeprecated(3)
    const refusal = await refusalIn(await run('v1', 3, fileForm(archive)))
    expect(refusal).toMatchObject({ status: 400 })
    expect(refusal.message).toContain('was deleted: create another one')
    expect(left()).toEqual([reserved])
  })

  test('of two senders at once is that of the newer one', async () => {
    const { official, run, addressOf, token, url, left } = await oldBuildsPlace()
    await official.buildsV2.createBuildV2Deprecated({})
    const slow = halfSent(url, { address: addressOf('v2', 1), token })
    await eventually('the first one began', () => left().length > 0 || undefined)
    // Only what came whole is ever shown.
    expect(left().every((name) => name.startsWith('.'))).toBe(true)
    expect(await (await run('v2', 1, fileForm(archive))).text()).toBe(output)
    expect(await slow.answer).toContain('"the archive was given up: it is sent again by another')
  })

  test('is not taken once its build was deleted meanwhile, and leaves nothing', async () => {
    const { official, addressOf, token, url, left } = await oldBuildsPlace()
    await official.buildsV2.createBuildV2Deprecated({})
    const slow = halfSent(url, { address: addressOf('v2', 1), token })
    await eventually('it began', () => left().length > 0 || undefined)
    await official.buildsV2.deleteBuildV2Deprecated(1)
    expect(await slow.answer).toMatch(/^HTTP\/1.1 400 .*its upload was removed/s)
    expect(left()).toEqual([])
  })

  test('is held against the time of no other request', async () => {
    const { official, addressOf, token, url, left } = await oldBuildsPlace(
      '--requests-arrive-within-seconds=3',
    )
    await official.buildsV2.createBuildV2Deprecated({})
    const slow = halfSent(url, { address: addressOf('v2', 1), token })
    await eventually('it began', () => left().length > 0 || undefined)
    const { hostname, port, pathname } = new URL(`${url}/apps/v2/apps`)
    const other = connect(Number(port), hostname)
    const text = new Promise<string>((resolve) => {
      let got = ''
      other.on('data', (bytes) => (got += bytes.toString()))
      other.on('close', () => resolve(got))
    })
    other.write(
      `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${token}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    )
    // It began later, and is over before.
    expect(await text).toMatch(/^HTTP\/1.1 408 .*did not arrive in time/s)
    slow.end()
    expect(await slow.answer).toMatch(/^HTTP\/1.1 200 .*build succeeded/s)
  })
})

describe('a form that nobody should send', () => {
  const file = (content: string, name = 'file'): FormPart => ({ name, content, fileName: 'a.tgz' })
  const whole = fileForm(archive)

  const forms: [string, () => BodyInit, string | undefined, string][] = [
    ['without a file', () => formBytes([{ name: 'a', content: '1' }]), undefined, 'no part `file`'],
    ['of nothing', () => formBytes([]), undefined, 'the form has no part `file`'],
    ['with two files', () => formBytes([file('a'), file('b')]), undefined, 'must have one file'],
    ['with another file', () => formBytes([file('a', 'b')]), undefined, 'its part `file`; got "b"'],
    ['with an empty file', () => formBytes([file('')]), undefined, 'the archive is empty'],
    ['that is cut off', () => whole.subarray(0, whole.length - 40), undefined, 'cut off'],
    ['that is cut off between', () => formBytes([file('a')], ''), undefined, 'cut off'],
    ['of another boundary', () => whole, 'multipart/form-data; boundary=other', 'boundary'],
    ['without a boundary', () => whole, 'multipart/form-data', 'must name a boundary'],
    [
      'of JSON',
      () => '{}',
      'application/json',
      'must be multipart/form-data; got "application/json"',
    ],
    ['of bytes', () => archive, 'application/gzip', 'must be multipart/form-data'],
  ]

  test.for(forms)('%s is refused in words and leaves nothing', async ([, body, type, message]) => {
    const { official, run, left } = await oldBuildsPlace()
    await official.buildsV1.createBuildDeprecated({})
    const refusal = await refusalIn(await run('v1', 1, body(), type))
    expect(refusal).toMatchObject({ status: 422, code: 'invalid' })
    expect(refusal.message).toContain(message)
    expect(left()).toEqual([])
    expect((await official.buildsV1.getBuildInfoDeprecated(1)).status).toBe('created')
    // The build still waits for its archive.
    expect(await official.buildsV1.runBuildDeprecated(1, { file: new Blob([archive]) })).toBe(
      output,
    )
  })

  test('whose archive is too large is refused, at once where it says so', async () => {
    const { official, addressOf, run, token, url, left } = await oldBuildsPlace(
      ...['--builds-max-gb=1', '--builds-part-mb=1'],
    )
    await official.buildsV1.createBuildDeprecated({})
    const { pathname, host } = new URL(addressOf('v1', 1))
    const said = await exchange(
      url,
      `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAuthorization: ${token}\r\n` +
        `Content-Type: ${formType}\r\nContent-Length: ${2 ** 31}\r\n\r\n`,
      fileForm(archive).subarray(0, 100),
    )
    expect(said.status).toBe(422)
    expect(said.body).toContain(
      'the archive must have at most 1073741824 bytes; the form has 2147483648',
    )
    expect(left()).toEqual([])
    await (await run('v1', 1, fileForm(archive))).text()
  })

  test('that breaks off with its connection leaves nothing', async () => {
    const { official, addressOf, token, url, run, left } = await oldBuildsPlace()
    await official.buildsV2.createBuildV2Deprecated({})
    const slow = halfSent(url, { address: addressOf('v2', 1), token })
    await eventually('it began', () => left().length > 0 || undefined)
    slow.cut()
    await eventually('nothing is left', () => left().length === 0)
    expect(await refusalIn(await run('v2', 1, formBytes([])))).toMatchObject({
      status: 400,
      message: expect.stringContaining('has no archive yet: send one as the part `file`'),
    })
    expect(await (await run('v2', 1, fileForm(archive))).text()).toBe(output)
  })
})

test('a build of BuildsV3 is found, replayed and deleted under its number', async () => {
  const { official, client } = await oldBuildsPlace()
  const { build } = await buildOf(client, archive, { buildTag: 'new' })
  const found = await official.buildsV1.getBuildInfoDeprecated(1)
  expect(found).toMatchObject({ buildTag: 'new', status: 'succeeded', imageSize: 13 })
  expect(await textOf(await official.buildsV2.runBuildV2Deprecated(1, {}))).toBe(output)
  await official.buildsV1.deleteBuildDeprecated(1)
  expect((await client.buildsV3.getBuild(build.buildId)).deletedAt).toBeInstanceOf(Date)
})

test('what was sent half when the server ended is gone at the next start', async () => {
  const place = await oldBuildsPlace()
  await place.official.buildsV2.createBuildV2Deprecated({})
  const slow = halfSent(place.url, { address: place.addressOf('v2', 1), token: place.token })
  slow.answer.catch(() => undefined)
  await eventually('it began', () => place.left().length > 0 || undefined)
  const { client } = await place.restart()
  expect(place.left()).toEqual([])
  expect(existsSync(join(place.data, 'uploads'))).toBe(true)
  const file = new Blob([archive])
  expect(await client.buildsV1.runBuildDeprecated(1, { file }, place.appId)).toBe(output)
})
