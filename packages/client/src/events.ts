/** The server's stream of changes, taken up again after a cut where it was left. */
import { chunksOf } from './chunks.ts'
import { type DatedFields, reviveDates } from './dates.ts'
import {
  datesOfApplication,
  datesOfBuildV3,
  datesOfDeploymentV3,
  datesOfOrgMember,
  datesOfOrgToken,
  datesOfProcessV3,
  datesOfRoomView,
} from './generated/date-fields.ts'
import { ConnectionError, ResponseValidationError } from './errors.ts'
import type {
  Application,
  BuildV3,
  DeploymentV3,
  EventKind,
  OrgMember,
  FleetV2,
  OrgToken,
  ProcessV3,
  RoomView,
} from './generated/types.ts'
import { createPauses, mayPass } from './pause.ts'
import type { Sender } from './sender.ts'
import { serverSentEvents } from './server-sent-events.ts'

/** What the record of an event is, by its kind. */
export interface EventRecords {
  application: Omit<Application, 'appSecret'>
  build: BuildV3
  deployment: DeploymentV3
  member: PersonChange
  fleet: FleetV2
  process: ProcessV3
  room: RoomView
  token: OrgToken
}

/** Somebody who was invited, has joined, or is neither any more. */
export type PersonChange = Omit<OrgMember, 'joinedAt'> & {
  readonly status: 'invited' | 'joined' | 'gone'
  /** Absent before the invite is accepted. */
  readonly joinedAt?: Date
}

/** A record changed. */
export interface ChangeOf<Kind extends keyof EventRecords> {
  readonly kind: Kind
  /** The number of the event: as `lastEventId`, the stream goes on after it. */
  readonly seq: number
  readonly at: Date
  readonly orgId: string
  /** Null for what belongs to the organization alone. */
  readonly appId: string | null
  /** The id of what changed. */
  readonly subject: string
  /** The record as it was right after the change. */
  readonly record: EventRecords[Kind]
}

/** The server does not have all events since the last one any more: read what matters anew. */
export interface Reset {
  readonly kind: 'reset'
  /** It goes on after this one. */
  readonly seq: number
}

/** A newer server may send other kinds: ask for the `kinds` that you know. */
export type HatcheryEvent =
  | { [Kind in keyof EventRecords]: ChangeOf<Kind> }[keyof EventRecords]
  | Reset

export interface FollowEventsOptions {
  /** Only what belongs to this application. The client's own when left out; null: of all, builds and tokens too. */
  appId?: string | null | undefined
  /** Only this process and the rooms on it. */
  processId?: string | undefined
  /** All that the token may read when left out. */
  kinds?: readonly EventKind[] | undefined
  /** Ends the iteration. */
  signal?: AbortSignal | undefined
  /** Begin after this event in place of now. */
  lastEventId?: string | number | undefined
  /** Told when the stream begins and goes on, and when it is cut. */
  onState?: ((state: 'connected' | 'reconnecting') => void) | undefined
}

/** What happens on the stream, for those who look by other means meanwhile. */
export type StreamItem =
  | HatcheryEvent
  | { readonly kind: 'connected' }
  | { readonly kind: 'cut'; readonly error: unknown; readonly wasConnected: boolean }

/** Ends when the signal aborts. Throws where the first attempt fails, and where the server refuses a later one. */
export async function* followEvents(
  sender: Sender,
  options: FollowEventsOptions,
): AsyncGenerator<HatcheryEvent, void> {
  for await (const item of eventItems(sender, options)) {
    if (item.kind === 'connected') options.onState?.('connected')
    else if (item.kind !== 'cut') yield item
    else if (item.wasConnected) options.onState?.('reconnecting')
    else throw item.error
  }
}

/** Signs of life come every 15 s. */
const silenceMs = 45_000

/** Ends when the signal aborts. Throws what does not pass by itself, such as a token that was revoked. */
export async function* eventItems(
  sender: Sender,
  options: FollowEventsOptions,
): AsyncGenerator<StreamItem, void> {
  const { signal } = options
  const pauses = createPauses()
  let lastId = options.lastEventId?.toString()
  let wasConnected = false
  while (!signal?.aborted) {
    let isConnected = false
    let failure: unknown = new ConnectionError(operation, 'the server ended the stream')
    try {
      const response = await open(sender, options, lastId)
      for await (const event of serverSentEvents(chunksOf(response.body, silenceMs))) {
        // What comes first says where the stream begins: from there on nothing is lost.
        lastId = event.id ?? lastId
        if (!isConnected) yield { kind: 'connected' }
        isConnected = wasConnected = true
        pauses.reset()
        if (event.data !== undefined) yield parsed(event.event, event.data, response)
      }
    } catch (error) {
      failure = error
      if (!isConnected && !signal?.aborted && !mayPass(error)) throw error
      if (error instanceof ResponseValidationError) throw error
    }
    if (signal?.aborted) return
    yield { kind: 'cut', error: failure, wasConnected }
    await pauses.next(signal, failure)
  }
}

const operation = 'GetEvents'

function open(
  sender: Sender,
  { processId, appId, kinds: kind, signal }: FollowEventsOptions,
  lastId: string | undefined,
): Promise<Response> {
  return sender.raw(
    {
      ...{ operation, method: 'GET', path: '/hatchery/v1/events' },
      query: { appId: appId ?? undefined, processId, kind },
    },
    {
      signal,
      headers: {
        Accept: 'text/event-stream',
        ...(lastId !== undefined && { 'Last-Event-ID': lastId }),
      },
    },
  )
}

/** Where the records of each kind have dates. */
const datesOf: Readonly<Record<string, DatedFields>> = {
  application: datesOfApplication,
  build: datesOfBuildV3,
  deployment: datesOfDeploymentV3,
  member: datesOfOrgMember,
  fleet: {},
  process: datesOfProcessV3,
  room: datesOfRoomView,
  token: datesOfOrgToken,
} satisfies Record<keyof EventRecords, DatedFields>

function parsed(kind: string, text: string, response: Response): HatcheryEvent {
  try {
    const event = JSON.parse(text) as { at?: string; record?: unknown }
    if (kind !== 'reset') Object.assign(event, { at: new Date(event.at ?? '') })
    reviveDates(event.record, datesOf[kind] ?? {})
    return { ...event, kind } as HatcheryEvent // the server's promise, as for every answer
  } catch {
    const problem = `an event of kind ${kind} is not as it should be`
    throw new ResponseValidationError(operation, problem, { response, body: text })
  }
}
