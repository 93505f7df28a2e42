/** Runs a program of an image inside of its container, to see what only can be seen from there. */
import type { EngineClient } from './engine-client.ts'
import { EngineError, hasStatus, isMissing } from './engine-error.ts'
import { framesOf } from './frames.ts'

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
    })
    const pieces: Buffer[] = []
    for await (const { bytes } of framesOf(answer)) pieces.push(bytes)
    const path = `/exec/${Id}/json`
    const { ExitCode } = await engine.call<{ ExitCode: number }>({ method: 'GET', path })
    return ExitCode === 126 || ExitCode === 127
      ? undefined
      : Buffer.concat(pieces).toString('latin1')
  } catch (error) {
    if (isMissing(error) || hasStatus(error, 409)) return ''
    if (error instanceof EngineError && !error.temporary) return undefined
    throw error
  }
}
