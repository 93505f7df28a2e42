/** Ports at which applications are balanced: one each, kept until the application is deleted. */
import type { BalancerLease, BalancerPortDemand } from '../../domain/balancer-port-store.ts'
import { type Unit, rows, sql } from '../statements.ts'

export function* leaseBalancerPort(
  appId: string,
  demand: BalancerPortDemand,
): Unit<BalancerLease | undefined> {
  const leases = yield* rows<Lease>(sql`select app_id, port from balancer_ports`)
  const kept = leases.find(({ app_id }) => app_id === appId)?.port
  if (kept !== undefined && isAllowed(kept, demand)) return { port: kept, isNew: false }
  const port = lowestFree(leases, demand) ?? (yield* unusedOf(demand))
  if (port === undefined) return undefined
  yield sql`delete from balancer_ports where port = ${port}`
  yield sql`
    insert into balancer_ports (app_id, port) values (${appId}, ${port})
    on conflict (app_id) do update set port = excluded.port`
  return { port, isNew: true }
}

export function* freeBalancerPort(appId: string): Unit<void> {
  yield sql`delete from balancer_ports where app_id = ${appId}`
}

type Lease = { readonly app_id: string; readonly port: number }

const isAllowed = (port: number, { range, avoid }: BalancerPortDemand): boolean =>
  port >= range.from && port <= range.to && !avoid.includes(port)

function lowestFree(leases: readonly Lease[], demand: BalancerPortDemand): number | undefined {
  const taken = new Set(leases.map(({ port }) => port))
  for (let port = demand.range.from; port <= demand.range.to; port += 1)
    if (!taken.has(port) && isAllowed(port, demand)) return port
  return undefined
}

/** One of an application whose load balancer is off, or that has none any more. */
function* unusedOf(demand: BalancerPortDemand): Unit<number | undefined> {
  const unused = yield* rows<Pick<Lease, 'port'>>(sql`
    select port from balancer_ports left join applications using (app_id)
    where deleted_at is not null
      or json_extract(record, '$.serviceConfig.loadBalancer.enabled') is not 1
    order by port`)
  return unused.map(({ port }) => port).find((port) => isAllowed(port, demand))
}
