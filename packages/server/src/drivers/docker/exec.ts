/** Runs a program of an image inside of its container, to see what only can be seen from there. */
import { DriverError } from '../../domain/driver.ts'
import type { EngineClient } from './engine-client.ts'
import { EngineError, hasStatus, isMissing } from './engine-error.ts'
import { framesOf } from './frames.ts'

/** On a line that is cut nothing comes any more. */
const withinMs = 20_000

/** What it prints: nothing when the container has ended; undefined when the image has no such program. */
export async function outputOf(
  engine: EngineClient,
  containerId: string,
  command: readonly string[],
): Promise<string | undefined> {
  try {
    const { Id } = await engine.call<{ Id: string }>({
      ...{ method: 'POST', path: `/containers/${containerId}/exec` },
      body: { Cmd: command, AttachStdout: true },
    })
    const answer = await engine.stream({
      ...{ method: 'POST', path: `/exec/${Id}/start`, body: { Detach: false } },
      signal: AbortSignal.timeout(withinMs),
    })
    const pieces: Buffer[] = []
    for await (const { bytes } of framesOf(answer)) pieces.push(bytes)
    const path = `/exec/${Id}/json`
    const { ExitCode } = await engine.call<{ ExitCode: number }>({ method: 'GET', path })
    return ExitCode === 126 || ExitCode === 127
      ? undefined
      : Buffer.concat(pieces).toString('latin1')
  } catch (error) {
    if (isMissing(error) || hasStatus(error, 409) || saysEnded(error)) return ''
    if (error instanceof EngineError && !error.temporary) return undefined
    if (error instanceof DriverError) throw error
    throw new DriverError('the container cannot be looked into', { temporary: true, cause: error })
  }
}

/** It ended between the making of the exec and its start, which is no conflict to every engine. */
const saysEnded = (error: unknown): boolean =>
  error instanceof EngineError && error.message.includes('is not running')
