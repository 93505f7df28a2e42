/** What of the events a caller may see and wants to. */
import { type EventKind, HatcheryError, type Scope, eventKinds, grants } from '@hatchery/contract'
import type { EventFilter } from '../../domain/events.ts'
import type { ContextOf } from '../context.ts'
import { show } from '../explain.ts'
import { getApplication } from '../find.ts'

type Asker = Pick<ContextOf<'GetEvents'>, 'services' | 'auth'>

interface Wanted {
  readonly appId?: string | undefined
  readonly processId?: string | undefined
  readonly kind?: readonly EventKind[] | undefined
}

/** Refuses with `missing-scope` when a kind may not be seen, and with `not-found` for what is not the caller's. */
export async function eventFilter(asker: Asker, wanted: Wanted): Promise<EventFilter> {
  const { auth } = asker
  const kinds = kindsFor(asker, wanted.kind ?? [])
  if (wanted.appId !== undefined) await getApplication(asker, wanted.appId)
  if (wanted.processId !== undefined) await assertProcess(asker, wanted.processId, wanted.appId)
  return {
    orgId: auth.orgId,
    kinds,
    appId: wanted.appId ?? null,
    processId: auth.processId ?? wanted.processId ?? null,
  }
}

const scopeOf = {
  application: 'applications:read',
  build: 'builds:read',
  deployment: 'deployments:read',
  member: 'orgs:read',
  fleet: 'fleets:read',
  process: 'processes:read',
  room: 'processes:read',
  token: 'tokens:read',
} as const satisfies Record<EventKind, Scope>

/** What a game server may see, of itself. */
const ownKinds: readonly EventKind[] = ['process', 'room']

/** In one order, without repetitions, so that equal filters look equal. None asked for: all that may be seen. */
function kindsFor({ auth }: Asker, wanted: readonly EventKind[]): EventKind[] {
  const maySee = (kind: EventKind): boolean =>
    auth.processId === null ? grants(auth.scopes, [scopeOf[kind]]) : ownKinds.includes(kind)
  const hidden = wanted.find((kind) => !maySee(kind))
  if (hidden !== undefined) throw mayNotSee(auth, hidden)
  const kinds = eventKinds.filter(
    (kind) => (wanted.length === 0 || wanted.includes(kind)) && maySee(kind),
  )
  if (kinds.length > 0) return kinds
  throw new HatcheryError(
    'missing-scope',
    `the token "${auth.tokenName}" may not read any records: it needs one of the scopes ${[...new Set(Object.values(scopeOf))].join(', ')}`,
  )
}

const mayNotSee = ({ processId, tokenName }: Asker['auth'], kind: EventKind): HatcheryError =>
  new HatcheryError(
    'missing-scope',
    processId === null
      ? `the token "${tokenName}" lacks the scope ${scopeOf[kind]}, which events of kind ${kind} need`
      : `the token of a game server may only follow ${ownKinds.join(' and ')}; got ${kind}`,
  )

async function assertProcess(
  { services, auth }: Asker,
  processId: string,
  appId: string | undefined,
): Promise<void> {
  const process = await services.store.findProcessById(processId)
  const isThere =
    process?.orgId === auth.orgId &&
    (appId === undefined || process.appId === appId) &&
    (auth.processId === null || auth.processId === processId)
  if (!isThere) throw new HatcheryError('not-found', `there is no process ${show(processId)}`)
}
