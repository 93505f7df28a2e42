/** Both builders of a real engine, through the official client. */
import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { type SharedEngine, sharedEngine } from '../support/docker/shared-engine.ts'
import { eventually } from '../support/eventually.ts'
import { tarball } from '../support/tarball.ts'
import { textOf, upload } from '../support/upload.ts'
import { type Playground, built, openPlayground, reopened } from './playground.ts'

const hindrance = engineHindrance()

const builders = [
  {
    builder: 'buildkit',
    step: /^#\d+ \[2\/\d\] RUN/m,
    cached: /^#\d+ CACHED$/m,
    cause: /exit code: 7$/m,
  },
  {
    builder: 'classic',
    step: /^Step 2\/\d : RUN/m,
    cached: /^ ---> Using cache$/m,
    cause: /non-zero code: 7$/m,
  },
]

describe.skipIf(hindrance !== undefined).each(builders)(
  `images that are built with $builder ${hindrance ?? ''}`,
  ({ builder, step, cached, cause }) => {
    const open = async (): Promise<Playground & { engine: SharedEngine }> => {
      const engine = await sharedEngine()
      const flags = ['--docker', `--containers-engine=${engine.url}`]
      const place = await openPlayground(...flags, `--containers-builder=${builder}`)
      return { ...place, engine }
    }

    async function uploaded({ cloud }: Playground, Dockerfile: string): Promise<string> {
      const archive = tarball({ Dockerfile })
      const created = await cloud.buildsV3.createBuild({ buildSizeInBytes: archive.length })
      await upload(created, archive)
      return created.buildId
    }

    test('say their steps, and reuse the layers of the build before', async () => {
      const place = await open()
      const files = (own: string) => ({
        Dockerfile: `FROM ${gameImage}\nRUN echo ${run} made\nCOPY own /own\n`,
        own,
      })
      const run = randomUUID()
      const first = await built(place, files('1'))
      expect(first.output).toMatch(step)
      expect(first.output).toMatch(new RegExp(`^(#\\d+ )?${run} made$`, 'm'))
      expect(first.output).toMatch(/^image [0-9a-f]{12}, \d+\.\d MB\nbuild succeeded\n$/m)
      const { imageSize } = await place.cloud.buildsV3.getBuild(first.buildId)
      expect(imageSize).toBeGreaterThan(1_000_000)
      const second = await built(place, files('2'))
      expect(second.output).toMatch(cached)
      expect(second.output).not.toMatch(new RegExp(`^(#\\d+ )?${run} made$`, 'm'))
    })

    test('show what a failing RUN prints, and its cause', async () => {
      const place = await open()
      const buildId = await uploaded(
        place,
        `FROM ${gameImage}\nRUN echo out; echo err >&2; exit 7\n`,
      )
      const output = await textOf(await place.cloud.buildsV3.runBuild(buildId))
      expect(output).toMatch(/^(#\d+ )?out$/m)
      expect(output).toMatch(/^(#\d+ )?err$/m)
      expect(output.trimEnd().split('\n').at(-1)).toMatch(cause)
      const { status } = await place.cloud.buildsV3.getBuild(buildId)
      expect(status).toBe('failed')
    })

    test('are read while they are made, by others too, and end on the engine with the server', async () => {
      const place = await open()
      const seconds = String(100_000 + Math.floor(Math.random() * 900_000))
      const buildId = await uploaded(
        place,
        `FROM ${gameImage}\nRUN echo begun; exec busybox sleep ${seconds}\n`,
      )
      for (const reader of ['first', 'later']) {
        const leave = await readUntil(await place.cloud.buildsV3.runBuild(buildId), /begun$/m)
        await leave()
        expect(await place.cloud.buildsV3.getBuild(buildId), reader).toMatchObject({
          status: 'running',
        })
      }
      await eventually('it sleeps', () => isSleeping(seconds))
      const { cloud } = await reopened(place)
      expect(await cloud.buildsV3.getBuild(buildId)).toMatchObject({ status: 'failed' })
      const output = await textOf(await cloud.buildsV3.runBuild(buildId))
      expect(output).toMatch(/^error: the build was stopped before its end: create another build$/m)
      await eventually('it sleeps no more', () => !isSleeping(seconds))
    })
  },
)

/** Answers how to leave. */
async function readUntil(
  stream: ReadableStream<Uint8Array>,
  wanted: RegExp,
): Promise<() => Promise<void>> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  for (let text = ''; !wanted.test(text);) {
    const { done, value } = await reader.read()
    if (done) throw new Error(`it ended without ${wanted}: ${text}`)
    text += decoder.decode(value, { stream: true })
  }
  return () => reader.cancel()
}

/** Containers of this engine are programs of this machine. */
const isSleeping = (seconds: string): boolean =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => commandOf(pid) === `busybox\0sleep\0${seconds}\0`)

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
