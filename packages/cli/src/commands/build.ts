/** `hatchery build …`. */
import { basename, resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createInterface } from 'node:readline'
import type { BuildV3, Hatchery } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { pick } from '../ids.ts'
import type { Column } from '../output/columns.ts'
import { buildFrom } from '../shipping/build.ts'
import { createProgress } from '../shipping/progress.ts'

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

export async function getBuild(context: Context, { words }: Input): Promise<void> {
  showBuild(context, await findBuild(await context.client(), words[0] ?? ''))
}

export async function createBuild(
  context: Context,
  { words: [given], flags }: Input<{ tag: string | undefined; file: string | undefined }>,
): Promise<void> {
  const folder = resolve(context.cwd, given ?? '.')
  const client = await context.client()
  const buildId = await buildFrom({
    ...{ client, progress: createProgress(context), signal: context.interrupted() },
    source: flags.file === undefined ? { folder } : { file: resolve(context.cwd, flags.file) },
    buildTag: flags.tag ?? basename(folder),
  })
  showBuild(context, await client.buildsV3.getBuild(buildId))
}

export async function createFromRegistry(
  context: Context,
  { words: [image = ''], flags }: Input<{ tag: string | undefined; registry: string | undefined }>,
): Promise<void> {
  const client = await context.client()
  const { buildId } = await client.buildsV3.createBuildRegistry({ buildTag: flags.tag ?? image })
  const registry = { image, registryUrl: flags.registry }
  await tell(context, await client.buildsV3.runBuildRegistry(buildId, registry))
  const build = await client.buildsV3.getBuild(buildId)
  if (build.status !== 'succeeded')
    throw new Failure(`build ${buildId} ${build.status}`, {
      ...{ attempt: `hatchery build logs ${buildId}`, exitCode: 7, code: 'build-failed' },
    })
  showBuild(context, build)
}

export async function deleteBuild(context: Context, { words }: Input): Promise<void> {
  const client = await context.client()
  const { buildId, buildTag } = await findBuild(client, words[0] ?? '')
  const what = `build ${buildTag ?? buildId}`
  if (
    !(await context.ask.confirm(`delete ${what}? its deployments can no longer start processes.`))
  )
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

async function tell(
  { out }: Context,
  output: globalThis.ReadableStream<Uint8Array>,
): Promise<void> {
  for await (const line of linesOf(output)) out.say(`  ${line}`)
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
