import { HatcheryError } from '@hatchery/contract'
import { type Process, isFinal } from '../../domain/process.ts'
import type { Handler, Services } from '../context.ts'
import { getProcess } from '../find.ts'

const defaultLines = 100
const mostLines = 5_000

/** The last lines, and with `follow` what comes after them until the process is over. */
export const getLogsForProcess: Handler<'GetLogsForProcess'> = async (
  { params, query },
  context,
) => {
  const process = await getProcess(context, params.appId, params.processId)
  const lines = query.tailLines ?? defaultLines
  if (lines < 1 || lines > mostLines) {
    throw new HatcheryError('invalid', `tailLines must be 1 to ${mostLines}; got ${lines}`)
  }
  const { logs } = context.services
  const tail = await logs.tail(process.processId, lines)
  if (tail === undefined && isFinal(process.status)) throw logGone(process)
  const follows = query.follow === true && !isFinal(process.status)
  const rest = follows
    ? logs.follow(
        process.processId,
        tail?.end ?? 0,
        () => isOver(context.services, process.processId),
        context.signal,
      )
    : []
  return concat(tail?.bytes ?? new Uint8Array(), rest)
}

async function* concat(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  if (first.byteLength > 0) yield first
  yield* rest
}

async function isOver({ store }: Services, processId: string): Promise<boolean> {
  const process = await store.findProcessById(processId)
  return process === undefined || isFinal(process.status)
}

/** Why a process that ended has no log. */
export const logGone = ({ bootedAt, exitReason }: Process): HatcheryError =>
  new HatcheryError(
    'gone',
    bootedAt === null
      ? `the process never ran, so it has no log: ${exitReason}`
      : 'the log of this process is not kept any more',
  )
