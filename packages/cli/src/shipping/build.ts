/** A build from a folder or an archive: made, uploaded, run to its end; with progress, as the official CLI does it. */
import { stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { BuildV3, Hatchery } from '@hatchery/client'
import { Failure, usageFailure } from '../failure.ts'
import { type Archive, givenArchive, packFolder } from './archive.ts'
import { type Progress, bytesText, secondsText } from './progress.ts'
import { upload } from './upload.ts'

export type BuildsV3CreateResponse = Awaited<ReturnType<Hatchery['buildsV3']['createBuild']>>

export interface BuildOrder {
  readonly client: Hatchery
  /** A folder, or an archive that exists already. */
  readonly source: { readonly folder: string } | { readonly file: string }
  readonly buildTag: string | undefined
  /** The id that it shall have; the server makes one where it is left out. */
  readonly buildId?: string | undefined
  readonly progress: Progress
  readonly signal: AbortSignal
}

const shownLines = 20

/** Answers the id of a build that succeeded. Rejects with a Failure (exit 7) that has the build's last lines. */
export async function buildFrom(order: BuildOrder): Promise<string> {
  const { client, source, progress, signal } = order
  await using archive = await archiveOf(source, progress)
  const build = await client.buildsV3.createBuild({
    buildSizeInBytes: archive.bytes,
    ...(order.buildTag !== undefined && { buildTag: order.buildTag }),
    ...(order.buildId !== undefined && { buildId: order.buildId }),
  })
  await uploadWithProgress(archive, build, { progress, signal })
  const { buildId } = build
  const output = await client.buildsV3.runBuild(buildId)
  await finishedBuild({ client, buildId, output, progress })
  return buildId
}

/** What is at a path: a folder, or an archive of one. Throws a usage failure where nothing is. */
export async function sourceAt(path: string): Promise<BuildOrder['source']> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw usageFailure(`there is no folder or archive ${path}`)
  return found.isDirectory() ? { folder: path } : { file: path }
}

async function archiveOf(source: BuildOrder['source'], progress: Progress): Promise<Archive> {
  if ('file' in source) return await givenArchive(source.file)
  const folder = await stat(source.folder).catch(() => undefined)
  if (folder?.isDirectory() !== true) throw usageFailure(`there is no folder ${source.folder}`)
  const began = performance.now()
  const told = (bytes: number): void => progress.update(`packing  ${bytesText(bytes)}`)
  const archive = await packFolder(source.folder, told)
  const took = secondsText(performance.now() - began)
  progress.done(`packed ${bytesText(archive.bytes)} in ${took}`)
  return archive
}

async function uploadWithProgress(
  archive: Archive,
  build: BuildsV3CreateResponse,
  { progress, signal }: Pick<BuildOrder, 'progress' | 'signal'>,
): Promise<void> {
  const began = performance.now()
  const told = (bytes: number): void => {
    const seconds = (performance.now() - began) / 1_000
    const rate = bytesText(bytes / Math.max(seconds, 0.001))
    const percent = Math.floor((bytes / Math.max(archive.bytes, 1)) * 100)
    progress.update(
      `uploading  ${percent} %  ${bytesText(bytes)} of ${bytesText(archive.bytes)}  ${rate}/s`,
    )
  }
  await upload({ archive, build, told, signal })
  const took = secondsText(performance.now() - began)
  progress.done(`uploaded ${bytesText(archive.bytes)} in ${took}`)
}

interface RunningBuild {
  readonly client: Hatchery
  readonly buildId: string
  readonly output: globalThis.ReadableStream<Uint8Array>
  readonly progress: Progress
}

/**
 * Tells its output to the end; answers the build when it succeeded, else rejects with a Failure (exit 7) that has the last
 * lines. The build goes on without us; whoever runs it again joins its output.
 */
export async function finishedBuild(running: RunningBuild): Promise<BuildV3> {
  const { client, buildId, output, progress } = running
  const began = performance.now()
  const lines: string[] = []
  for await (const line of createInterface({ input: Readable.fromWeb(output as ReadableStream) })) {
    if (lines.push(line) > shownLines) lines.shift()
    progress.detail(line)
  }
  const build = await client.buildsV3.getBuild(buildId)
  if (build.status === 'succeeded') {
    progress.done(`built ${buildId} in ${secondsText(performance.now() - began)}`)
    return build
  }
  throw new Failure(`build ${buildId} ${build.status}; its last lines:\n${lines.join('\n')}`, {
    ...{ exitCode: 7, code: 'build-failed', attempt: `hatchery build logs ${buildId}` },
  })
}
