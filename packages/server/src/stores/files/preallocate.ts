/** A new file of a size, with its blocks reserved where the file system can. */
import { execFile } from 'node:child_process'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'

/** Throws `ENOSPC` where there is no room. Without `fallocate` the file has its size, but no blocks. */
export async function preallocate(path: string, sizeBytes: number): Promise<void> {
  await using file = await open(path, 'wx', 0o600)
  const problem = await fallocate(path, sizeBytes)
  if (/no space left/i.test(problem)) {
    throw Object.assign(new Error(`cannot reserve ${sizeBytes} bytes: ${problem}`), {
      code: 'ENOSPC',
    })
  }
  if (problem !== '') await file.truncate(sizeBytes)
  await file.sync()
}

/** What went wrong, in its words; empty when nothing did. */
async function fallocate(path: string, sizeBytes: number): Promise<string> {
  try {
    await promisify(execFile)('fallocate', ['--length', String(sizeBytes), path], {
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    })
    return ''
  } catch (error) {
    return (error as Error).message
  }
}
