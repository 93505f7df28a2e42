/** Whether an engine ended a container itself, by being stopped: told from what it remembers of it. */
import { jsonLines } from './events.ts'
import type { EngineClient } from './engine-client.ts'
import type { Inspected } from './observe.ts'

/** How many events an engine keeps, in memory alone: none is left of before it was started. */
const mostEventsKept = 256

/** What a program ends with when it is asked to go, or made to; other codes are its own. */
const codesOfStops = new Set([0, 137, 143])

const withinMs = 20_000

interface EngineSelf {
  readonly LiveRestoreEnabled: boolean
  /** Its clock. */
  readonly SystemTime: string
}

interface Remembered {
  readonly Action: string
  readonly Actor: { readonly ID: string }
}

/**
 * Without live-restore whatever runs ends with the engine, so an engine that does not know the start of a container has
 * ended it. One that remembers too much to know is believed when `hasBeenAway`. While it is being stopped it is asked on
 * a connection of its own, which it refuses, so that this rejects and is asked again when it is back.
 */
export async function wasEndedByEngine(
  engine: EngineClient,
  { Id, State }: Inspected,
  hasBeenAway: boolean,
): Promise<boolean> {
  if (State.OOMKilled || !codesOfStops.has(State.ExitCode)) return false
  const self = await engine.call<EngineSelf>({ method: 'GET', path: '/info' })
  const events = await eventsUntil(engine, Date.parse(self.SystemTime))
  if (self.LiveRestoreEnabled || events.some(isStartOf(Id))) return false
  return events.length < mostEventsKept || hasBeenAway
}

const isStartOf =
  (id: string) =>
  ({ Action, Actor }: Remembered): boolean =>
    Action === 'start' && Actor.ID === id

async function eventsUntil(engine: EngineClient, until: number): Promise<Remembered[]> {
  const query = { since: '0', until: String(until / 1_000) }
  const signal = AbortSignal.timeout(withinMs)
  const answer = await engine.stream({ method: 'GET', path: '/events', query, signal })
  return (await Array.fromAsync(jsonLines(answer))) as Remembered[]
}
