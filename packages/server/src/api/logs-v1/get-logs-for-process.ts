import { HatcheryError } from '@hatchery/contract'
import { type Process, isFinal } from '../../domain/process.ts'
import type { ContextOf, Handler, Services } from '../context.ts'
import { show } from '../explain.ts'
import { getProcess } from '../find.ts'
import { whileAllowed } from '../still-allowed.ts'

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
  const from = readFrom(context.header('hatchery-log-from'))
  if (typeof from === 'number') return await readOn(process, { from, context, query })
  const { logs } = context.services
  const tail = await logs.tail(process.processId, lines)
  if (tail === undefined && isFinal(process.status)) throw logGone(process)
  const { bytes, end } = tail ?? { bytes: new Uint8Array(), end: 0 }
  context.setHeader('hatchery-log-offset', String(end - bytes.byteLength))
  if (query.follow !== true || isFinal(process.status)) return concat(bytes, [])
  const isOver = overOf(context.services, process)
  if (from === 'tail') {
    const rest = await logs.followCounted(process.processId, end, isOver, context.signal)
    if (rest.begin !== end) throw droppedMeanwhile()
    return concat(bytes, whileAllowed(context, rest.bytes))
  }
  const rest = logs.follow(process.processId, end, isOver, context.signal)
  return concat(bytes, whileAllowed(context, rest))
}

/** Where a reader that counts bytes begins: at the last lines, or where it was. */
function readFrom(text: string | undefined): 'tail' | number | undefined {
  if (text === undefined || text === 'tail') return text
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new HatcheryError(
    'invalid',
    `the header hatchery-log-from must be tail, or a number of bytes; got ${show(text)}`,
  )
}

/** Everything behind `from`; of a process that is over, and without `follow`, up to what is there now. */
async function readOn(
  process: Process,
  {
    from,
    context,
    query,
  }: { from: number; context: ContextOf<'GetLogsForProcess'>; query: { follow?: boolean } },
): Promise<AsyncIterable<Uint8Array>> {
  const { logs } = context.services
  const { processId, status } = process
  if (isFinal(status) && (await logs.size(processId)) === undefined) throw logGone(process)
  const isOver = query.follow === true ? overOf(context.services, process) : async () => true
  const { begin, bytes } = await logs.followCounted(processId, from, isOver, context.signal)
  context.setHeader('hatchery-log-offset', String(begin))
  return whileAllowed(context, bytes)
}

async function* concat(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<Uint8Array> {
  if (first.byteLength > 0) yield first
  yield* rest
}

const overOf =
  ({ store }: Services, { processId }: Process) =>
  async (): Promise<boolean> => {
    const process = await store.findProcessById(processId)
    return process === undefined || isFinal(process.status)
  }

const droppedMeanwhile = (): HatcheryError =>
  new HatcheryError('unavailable', 'the log was cut while it was read: try again', {
    retryAfterSeconds: 1,
  })

/** Why a process that ended has no log. */
export const logGone = ({ bootedAt, exitReason }: Process): HatcheryError =>
  new HatcheryError(
    'gone',
    bootedAt === null
      ? `the process never ran, so it has no log: ${exitReason}`
      : 'the log of this process is not kept any more',
  )
