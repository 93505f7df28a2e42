/** `hatchery stop ID…` and `hatchery drain ID…`. */
import type { Hatchery, ProcessV3 } from '@hatchery/client'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { fewAtOnce } from '../few-at-once.ts'
import { findProcesses } from '../find-process.ts'
import { last } from '../process-rows.ts'

interface ChoiceFlags {
  readonly latest: boolean
}

/** Asks when it would end matches. */
export async function stop(context: Context, { words, flags }: Input<ChoiceFlags>): Promise<void> {
  const processes = await findProcesses(context, { words, ...flags })
  const client = await context.client()
  const ending = processes.filter(({ status }) => status !== 'stopped' && status !== 'failed')
  const lost = await whatEnds(client, ending, context.now())
  if (lost !== '' && !(await context.ask.confirm(`stop ${count(ending.length)} with ${lost}?`)))
    throw new Failure('nothing was stopped', { exitCode: 130 })
  await fewAtOnce(ending, (one) => client.processesV3.stopProcess(one.processId, one.appId))
  const ids = processes.map(({ processId }) => processId)
  const ended = processes.length - ending.length
  const already = ended === 0 ? '' : `, ${count(ended)} had ended before`
  const text = ending.length === 0 ? 'nothing to stop' : `stopping ${count(ending.length)}`
  context.out.did(`${text}${already}`, {
    ids,
    json: ids.map((processId) => ({ processId })),
  })
}

export async function drain(context: Context, { words, flags }: Input<ChoiceFlags>): Promise<void> {
  const processes = await findProcesses(context, { words, ...flags })
  const client = await context.client()
  await fewAtOnce(processes, (one) => client.hatchery.drainProcess(one.processId, one.appId))
  const ids = processes.map(({ processId }) => processId)
  context.out.did(`draining ${count(ids.length)}: each ends when its last room is over`, {
    ids,
    json: ids.map((processId) => ({ processId })),
  })
}

/** `7 rooms, 23 players connected`; empty when nobody would notice. */
async function whatEnds(
  client: Hatchery,
  processes: readonly ProcessV3[],
  now: number,
): Promise<string> {
  const rooms = processes.reduce((sum, { roomsAllocated }) => sum + roomsAllocated, 0)
  const counts = await fewAtOnce(processes, (process) => playersOn(client, process, now))
  const players = counts.reduce((sum, some) => sum + some, 0)
  return [
    ...(rooms === 0 ? [] : [rooms === 1 ? '1 room' : `${rooms} rooms`]),
    ...(players === 0 ? [] : [`${players} ${players === 1 ? 'player' : 'players'} connected`]),
  ].join(', ')
}

/** Nobody where it is not measured. */
async function playersOn(
  client: Hatchery,
  { processId, appId, status }: ProcessV3,
  now: number,
): Promise<number> {
  if (status === 'starting') return 0
  const { activeConnections } = await client.processesV3
    .getProcessMetrics({ processId, appId, metrics: ['activeConnections'], start: now - 120_000 })
    .catch(() => ({ activeConnections: undefined }))
  return last(activeConnections) ?? 0
}

const count = (processes: number): string =>
  processes === 1 ? '1 process' : `${processes} processes`
