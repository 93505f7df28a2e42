/** `hatchery logs`: what processes wrote, and with -f what they write. */
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'
import { findProcesses } from '../find-process.ts'

interface Flags {
  readonly follow: boolean
  readonly tail: number
  readonly 'process-id': string | undefined
  readonly grep: string | undefined
  readonly prefix: boolean
  readonly latest: boolean
  readonly failed: boolean
}

export async function logs(
  context: Context,
  { words: given, flags }: Input<Flags>,
): Promise<number> {
  const named = flags['process-id']
  const chosen = flags.latest || flags.failed || given.length > 0 || named === undefined
  const words = chosen ? given : [named]
  const client = await context.client()
  const wanted = pattern(flags.grep)
  const { latest, failed } = flags
  const processes = await findProcesses(context, { words, latest, failed })
  const prefixed = flags.prefix || processes.length > 1
  const signal = flags.follow ? context.interrupted() : undefined
  await Promise.all(
    processes.map(async (process) => {
      const { processId } = process
      const prefix = prefixed ? `${processId.slice(0, 8)}  ` : ''
      const lines = flags.follow
        ? client.followLog(process.processId, {
            ...{ ...of(process), tailLines: flags.tail, signal },
            onState: (state) => context.out.say(`${prefix}${told[state]}`),
          })
        : written(client, process, flags.tail)
      for await (const line of lines) {
        if (wanted === undefined || wanted.test(line))
          context.out.line({ processId, line }, `${prefix}${line}`)
      }
    }),
  )
  return signal?.aborted ? 130 : 0
}

const told = {
  reconnecting: 'reconnecting…',
  connected: 'connected again, no line is lost',
  gap: 'connected again; lines between are not kept any more',
} as const

const of = ({ appId }: ProcessV3): { appId: string } => ({ appId })

async function* written(
  client: Hatchery,
  { processId, appId }: ProcessV3,
  tail: number,
): AsyncIterable<string> {
  const log = await client.logsV1.getLogsForProcess(processId, appId, false, tail)
  yield* createInterface({ input: Readable.fromWeb(log as ReadableStream) })
}

function pattern(text: string | undefined): RegExp | undefined {
  if (text === undefined) return undefined
  try {
    return new RegExp(text)
  } catch (error) {
    throw usageFailure(`--grep is not a pattern: ${error instanceof Error ? error.message : ''}`)
  }
}
