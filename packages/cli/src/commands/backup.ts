/** `hatchery backup`: the whole installation in one file, while it goes on. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { bytesText, createProgress } from '../shipping/progress.ts'

export async function backup(context: Context, { words: [given] }: Input): Promise<void> {
  const client = await context.client()
  const file = given ?? `hatchery-${stamp(context.now())}.tar`
  const progress = createProgress(context)
  const archive = await client.hatchery.createBackup()
  const partial = `${file}.partial`
  let bytes = 0
  try {
    await pipeline(
      Readable.fromWeb(archive as ReadableStream),
      async function* counted(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength
          progress.update(`receiving  ${bytesText(bytes)}`)
          yield chunk
        }
      },
      // It holds the secrets of the installation.
      createWriteStream(partial, { mode: 0o600, flags: 'w' }),
      { signal: context.interrupted() },
    )
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    if (context.interrupted().aborted) throw new Failure('broken off', { exitCode: 130 })
    throw error
  }
  context.out.did(
    `backed up to ${file}, ${bytesText(bytes)}; it holds secrets, as the admin token`,
    {
      ids: [file],
      json: { file, bytes },
    },
  )
}

/** `2026-11-25-181530`. */
const stamp = (now: number): string =>
  new Date(now).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')
