/** Builds on a real engine that go wrong, are left alone, or are cut off; and what is left of them. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomInt } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engineHindrance, removeEngine, startEngine } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { type SharedEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { eventually } from '../support/eventually.ts'
import { tarball } from '../support/tarball.ts'
import { textOf, upload } from '../support/upload.ts'
import { type Playground, openPlayground, reopened } from './playground.ts'

const hindrance = engineHindrance()

type Files = Readonly<Record<string, string | Uint8Array>>
async function open(...flags: string[]): Promise<Playground> {
  const { url } = await sharedEngine()
  return await openPlayground(`--nodes=a docker=${url}`, ...flags)
}

/** A build whose archive is uploaded. */
async function created({ cloud }: Playground, files: Files): Promise<string> {
  const archive = tarball(files)
  const build = await cloud.buildsV3.createBuild({ buildSizeInBytes: archive.length })
  await upload(build, archive)
  return build.buildId
}

async function outcomeOf(place: Playground, files: Files) {
  const { buildsV3 } = place.cloud
  const buildId = await created(place, files)
  const output = await textOf(await buildsV3.runBuild(buildId))
  return { output, build: await buildsV3.getBuild(buildId) }
}

/** Programs that builds run with this word in their line: not every builder's containers are shown by the engine. */
function building(word: string): number {
  const lines = readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')] : []
    } catch {
      return [] // it has ended
    }
  })
  return lines.filter((line) => line.includes(word)).length
}

/** What builds that failed may leave: images without a name, and containers of their lines. */
async function untaggedOn({ client }: SharedEngine): Promise<string[]> {
  const query = { all: '1', filters: JSON.stringify({ dangling: ['true'] }) }
  const images = await client.call<{ Id: string }[]>({
    ...{ method: 'GET', path: '/images/json', query },
  })
  const containers = await client.call<{ Id: string; Command: string }[]>({
    ...{ method: 'GET', path: '/containers/json', query: { all: '1' } },
  })
  const ofLines = containers.filter(({ Command }) => Command.startsWith('/bin/sh -c'))
  return [...images, ...ofLines].map(({ Id }) => Id).toSorted()
}

describe.skipIf(hindrance !== undefined)(
  `builds of images ${hindrance ?? ''}`,
  { timeout: 120_000 },
  () => {
    test.each<[string, Files, RegExp]>([
      ['no Dockerfile', { readme: 'nothing' }, /Dockerfile/],
      ['a line that is none', { Dockerfile: 'FROMM scratch\n' }, /FROMM/i],
      ['nothing in the Dockerfile', { Dockerfile: '\n' }, /Dockerfile|empty|no build stage/i],
      ['a file that is not there', { Dockerfile: 'FROM scratch\nCOPY none /\n' }, /none/],
      [
        'an image that does not exist',
        { Dockerfile: 'FROM 127.0.0.1:1/none:1\n' },
        /127\.0\.0\.1:1/,
      ],
      [
        'a line that fails',
        { Dockerfile: `FROM ${gameImage}\nRUN echo it was me; exit 9\n` },
        /code: 9/,
      ],
    ])('of %s fail with that cause, and leave nothing', async (_, files, cause) => {
      const place = await open()
      const before = await untaggedOn(await sharedEngine())
      const { build, output } = await outcomeOf(place, files)
      expect(build.status).toBe('failed')
      expect(output).toMatch(/^error: /m)
      expect(output.slice(output.lastIndexOf('error: '))).toMatch(cause)
      expect(building('it was me')).toBe(0)
      const uploads = join(place.hatchery.data, 'uploads')
      await eventually('its archive is gone', () => readdirSync(uploads).length === 0)
      expect(await untaggedOn(await sharedEngine())).toEqual(before)
    })

    test.each([
      ['none', 'lo'],
      ['default', 'eth0'],
    ])('have the network %s in their lines', async (network, expected) => {
      const place = await open(`--containers-build-network=${network}`)
      const { build, output } = await outcomeOf(place, {
        Dockerfile: `FROM ${gameImage}\nRUN echo network $(busybox ls /sys/class/net) ${network}\n`,
      })
      expect(build.status, output).toBe('succeeded')
      const seen = /^(?:#\d+ )?network (.*) (?:none|default)$/m.exec(output)?.[1]?.split(' ')
      expect(seen).toContain(expected)
      if (network === 'none') expect(seen).not.toContain('eth0')
    })

    test('go on when their caller leaves, and are joined again', async () => {
      const place = await open()
      const { buildsV3 } = place.cloud
      const seconds = `2.${randomInt(1e6)}`
      const buildId = await created(place, {
        Dockerfile: `FROM ${gameImage}\nRUN echo waiting; busybox sleep ${seconds}\n`,
      })
      const leaving = await buildsV3.runBuild(buildId)
      await eventually('it runs', () => building(seconds) > 0)
      await leaving.cancel()
      const output = await textOf(await buildsV3.runBuild(buildId))
      expect(output).toContain('waiting')
      expect(output).toMatch(/build succeeded\n$/)
    })

    test('are cut off by the end of the server, which says so, and leave no container', async () => {
      const place = await open()
      const seconds = `600.${randomInt(1e6)}`
      const buildId = await created(place, {
        Dockerfile: `FROM ${gameImage}\nRUN echo waiting; busybox sleep ${seconds}\n`,
      })
      const stream = await place.cloud.buildsV3.runBuild(buildId)
      const over = textOf(stream).catch(() => 'cut')
      await eventually('it runs', () => building(seconds) > 0)
      const later = await reopened(place)
      await over
      expect(await later.cloud.buildsV3.getBuild(buildId)).toMatchObject({ status: 'failed' })
      const output = await textOf(await later.cloud.buildsV3.runBuild(buildId))
      expect(output).toMatch(/error: .*(?:create another build|run it as a new build)/)
      await eventually('its container is gone', () => building(seconds) === 0)
    })

    test('on a full disk say so, and the engine goes on', async () => {
      const folder = mkdtempSync(join(tmpdir(), `hatchery-engine-${process.pid}-small-`))
      onTestFinished(() => removeEngine(folder))
      mkdirSync(join(folder, 'data'))
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', join(folder, 'data')])
      const url = await startEngine(folder, 200 + randomInt(50))
      const place = await openPlayground(`--nodes=a docker=${url}`)
      const big = new Uint8Array(40 * 1_048_576).map((_, at) => at * 31 + (at >> 9))
      const Dockerfile = 'FROM scratch\nCOPY big /a\nCOPY big /b\nCMD ["/a"]\n'
      const { build, output } = await outcomeOf(place, { Dockerfile, big })
      expect(build.status).toBe('failed')
      expect(output).toMatch(/error: .*no space left on device/)
      const small = await outcomeOf(place, {
        Dockerfile: 'FROM scratch\nCOPY little /a\nCMD ["/a"]\n',
        little: 'x',
      })
      expect(small.build.status, small.output).toBe('succeeded')
    })
  },
)
