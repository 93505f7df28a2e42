/** Copies the output of one container into our log file, from where the last copy stopped, until the container ends. */
import { constants, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineClient } from './engine-client.ts'
import { isMissing } from './engine-error.ts'
import { type Frame, frameBatchesOf } from './frames.ts'
import {
  type LogPosition,
  type Piece,
  beginning,
  createLogJoin,
  secondsOf,
} from './log-position.ts'
import { type Inspected, isAlive } from './observe.ts'

export interface ContainerLogOptions {
  readonly engine: EngineClient
  readonly containerId: string
  readonly logFile: string
  readonly positionFile: string
  readonly signal: AbortSignal
  /** Called each time that something was copied. */
  readonly onCopied: () => void
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants
const retryMs = 500
/** The engine sends each line by itself: what comes within this time is written at once. */
const joinMs = 5
const mostTailBytes = 16 * 1_048_576

/** Resolves when all is copied that the container will ever write, or when `signal` aborts. Never rejects. */
export async function copyLog(options: ContainerLogOptions): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await copyOnce(options, 'follow')
      if (await isRunning(options)) continue
      // An engine may end a followed log before the last lines of a container that has ended.
      return await copyOnce(options, 'once')
    } catch (error) {
      if (isMissing(error)) return
      await sleep(retryMs, undefined, { signal: options.signal }).catch(() => undefined)
    }
  }
}

async function isRunning({ engine, containerId }: ContainerLogOptions): Promise<boolean> {
  const path = `/containers/${containerId}/json`
  const { State } = await engine.call<Inspected>({ method: 'GET', path })
  return isAlive(State)
}

/** Until the engine ends the stream. Throws what breaks it: the connection, a full disk. */
async function copyOnce(options: ContainerLogOptions, how: 'follow' | 'once'): Promise<void> {
  const { engine, containerId, logFile, positionFile, signal } = options
  await using file = await open(logFile, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600)
  const position = readPosition(positionFile)
  const join = createLogJoin(position, await tailOf(file, position))
  const answer = await engine.stream({
    ...{ method: 'GET', path: `/containers/${containerId}/logs`, signal },
    query: {
      ...{ stdout: '1', stderr: '1', timestamps: '1' },
      follow: how === 'follow' ? '1' : '0',
      since: position.since === null ? undefined : secondsOf(position.since),
    },
  })
  for await (const frames of frameBatchesOf(answer)) {
    const fresh = frames.map(pieceOf).filter(join.take)
    if (fresh.length === 0) continue
    await file.writeFile(Buffer.concat(fresh.map(({ bytes }) => bytes)))
    const { size } = await file.stat()
    writeFileSync(positionFile, JSON.stringify(join.position(size)))
    options.onCopied()
    await sleep(joinMs)
  }
}

/** The engine puts the time of each piece and a space before it. */
function pieceOf({ bytes }: Frame): Piece {
  const space = bytes.indexOf(32)
  return { time: bytes.toString('latin1', 0, space), bytes: bytes.subarray(space + 1) }
}

/** What was copied after the position was noted for the last time, without lines of ours. */
async function tailOf(file: FileHandle, { sizeBytes }: LogPosition): Promise<Buffer> {
  const { size } = await file.stat()
  if (size <= sizeBytes || size - sizeBytes > mostTailBytes) return Buffer.alloc(0)
  const { buffer } = await file.read(Buffer.alloc(size - sizeBytes), 0, size - sizeBytes, sizeBytes)
  const lines = buffer.toString('latin1').split(/(?<=\n)/)
  return Buffer.from(lines.filter((line) => !line.startsWith('hatchery: ')).join(''), 'latin1')
}

function readPosition(file: string): LogPosition {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LogPosition
  } catch {
    return beginning
  }
}

export const forgetPosition = (file: string): void => rmSync(file, { force: true })
