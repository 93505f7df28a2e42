/** `hatchery build …`. */
import { basename, resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createInterface } from 'node:readline'
import type { BuildV3, Hatchery } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure, usageFailure } from '../failure.ts'
import { pick } from '../ids.ts'
import type { Column } from '../output/columns.ts'
import { buildFrom, sourceAt } from '../shipping/build.ts'
import { createProgress, withoutUpdates } from '../shipping/progress.ts'
import { type RegistryFlags, buildFromRegistry } from '../shipping/registry-build.ts'

const columns: readonly Column<BuildV3>[] = [
  { name: 'build', of: ({ buildId }) => ({ id: buildId }) },
  { name: 'tag', of: ({ buildTag }) => buildTag },
  { name: 'status', of: ({ status }) => status },
  { name: 'size', of: ({ imageSize }) => ({ bytes: imageSize || null }) },
  { name: 'created', of: ({ createdAt }) => ({ age: createdAt }) },
  { name: 'by', of: ({ createdBy }) => createdBy },
]

export async function listBuilds({ client, out }: Context): Promise<void> {
  const { builds } = await (await client()).buildsV3.getBuilds()
  out.list(builds, {
    columns,
    id: ({ buildId }) => buildId,
    empty: 'no build yet; make one: hatchery build create .',
  })
}

interface BuildIdFlag {
  readonly 'build-id': string | undefined
}

/** The build that the word or --build-id names. */
async function namedBuild(
  client: Hatchery,
  { words: [word], flags }: Input<BuildIdFlag>,
): Promise<BuildV3> {
  const name = word ?? flags['build-id']
  if (name === undefined)
    throw usageFailure('BUILD is missing: its id or tag, or --build-id', 'hatchery build list')
  return await findBuild(client, name)
}

export async function getBuild(context: Context, input: Input<BuildIdFlag>): Promise<void> {
  showBuild(context, await namedBuild(await context.client(), input))
}

interface CreateFlags extends BuildIdFlag {
  readonly tag: string | undefined
  readonly file: string | undefined
  readonly 'hide-upload-progress': boolean
}

export async function createBuild(
  context: Context,
  { words: [given], flags }: Input<CreateFlags>,
): Promise<void> {
  const path = resolve(context.cwd, given ?? flags.file ?? '.')
  const source = await sourceAt(path)
  const client = await context.client()
  const progress = createProgress(context)
  const buildId = await buildFrom({
    ...{ client, source, buildId: flags['build-id'], signal: context.interrupted() },
    progress: flags['hide-upload-progress'] ? withoutUpdates(progress) : progress,
    buildTag: flags.tag ?? basename(path),
  })
  showBuild(context, await client.buildsV3.getBuild(buildId))
}

export async function createFromRegistry(
  context: Context,
  { words: [given], flags }: Input<RegistryFlags & { image: string | undefined }>,
): Promise<void> {
  const image = given ?? flags.image
  if (image === undefined)
    throw usageFailure(
      'IMAGE is missing: name it, or say --image or HATHORA_BUILD_IMAGE',
      'hatchery build create-with-registry -h',
    )
  const client = await context.client()
  const progress = createProgress(context)
  showBuild(context, await buildFromRegistry(context, { client, image, flags, progress }))
}

/** Scripts for the official command line name it with a flag, and nobody answers them. */
export async function deleteBuild(context: Context, input: Input<BuildIdFlag>): Promise<void> {
  const client = await context.client()
  const { buildId, buildTag } = await namedBuild(client, input)
  const what = `build ${buildTag ?? buildId}`
  const question = `delete ${what}? its deployments can no longer start processes.`
  if (input.words.length > 0 && !(await context.ask.confirm(question)))
    throw new Failure('nothing was deleted', { exitCode: 130 })
  await client.buildsV3.deleteBuild(buildId)
  context.out.did(`deleted ${what}`, { ids: [buildId], json: { buildId } })
}

/** The output of the build: replayed when it is over, followed when it runs. */
export async function buildLogs(context: Context, { words }: Input): Promise<void> {
  const client = await context.client()
  const { buildId, status } = await findBuild(client, words[0] ?? '')
  if (status === 'created')
    throw new Failure(`build ${buildId} waits for its upload and has no log yet`, { exitCode: 2 })
  for await (const line of linesOf(await client.buildsV3.runBuild(buildId))) context.out.text(line)
}

const linesOf = (stream: globalThis.ReadableStream<Uint8Array>): AsyncIterable<string> =>
  createInterface({ input: Readable.fromWeb(stream as ReadableStream) })

const wholeId = /^bld-[0-9a-f-]{36}$/

/** By tag the newest. Throws a Failure. */
export async function findBuild(client: Hatchery, word: string): Promise<BuildV3> {
  if (wholeId.test(word)) return await client.buildsV3.getBuild(word)
  const { builds } = await client.buildsV3.getBuilds()
  const candidates = builds.map((build) => ({
    ...{ id: build.buildId, label: build.buildTag ?? build.status, build },
    names: build.buildTag === undefined ? [] : [build.buildTag],
  }))
  return pick(word, candidates, { noun: 'build', list: 'hatchery build list' }).build
}

function showBuild({ out }: Context, build: BuildV3): void {
  out.value(build, {
    id: build.buildId,
    buildId: build.buildId,
    rows: [
      ['build', build.buildId],
      ['tag', build.buildTag],
      ['status', build.status],
      ['size', { bytes: build.imageSize || null }],
      ['content', build.contentHash],
      ['created', build.createdAt],
      ['finished', build.finishedAt],
      ['by', build.createdBy],
    ],
  })
}
