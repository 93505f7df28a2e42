/** How many processes an application had, after each change that was ever recorded: what polling cannot miss. */
import type { Hatchery, HatcheryEvent, ProcessV3, Reset } from '@hatchery/client'
import { anAppConfig } from './deployed-app.ts'

export interface Moment {
  readonly running: number
  readonly alive: number
}

let markers = 0

/** Every change of an application and what is its, from the first to now; a new application marks the end. */
export async function* recordedEvents(
  client: Hatchery,
  appId: string,
): AsyncGenerator<Exclude<HatcheryEvent, Reset>> {
  markers += 1
  const end = await client.appsV2.createApp(anAppConfig(`history-${markers}`))
  for await (const event of client.followEvents({ appId: null, lastEventId: 0 })) {
    if (event.kind === 'reset') throw new Error('events were removed')
    if (event.subject === end.appId) return
    if (event.appId === appId) yield event
  }
}

export async function processHistory(client: Hatchery, appId: string): Promise<Moment[]> {
  const statuses = new Map<string, ProcessV3['status']>()
  const moments: Moment[] = []
  for await (const event of recordedEvents(client, appId)) {
    if (event.kind !== 'process') continue
    statuses.set(event.subject, event.record.status)
    moments.push(momentOf([...statuses.values()]))
  }
  return moments
}

export function momentOf(statuses: readonly ProcessV3['status'][]): Moment {
  const running = statuses.filter((status) => status === 'running').length
  const over = statuses.filter((status) => status === 'stopped' || status === 'failed').length
  return { running, alive: statuses.length - over }
}

/** The fewest that ran, once that many had come up, and the most that were there. */
export function extremes(
  history: readonly Moment[],
  cameUp: number,
): { fewest: number; most: number } {
  const first = history.findIndex(({ running }) => running >= cameUp)
  return {
    fewest: Math.min(...history.slice(first).map(({ running }) => running)),
    most: Math.max(...history.map(({ alive }) => alive)),
  }
}
