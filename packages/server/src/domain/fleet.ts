/** A fleet: a named pool of machines of an organization, and what is wished for it in each region. */
import type { NodeShape } from '@hatchery/contract'
import type { Instant } from './clock.ts'
import { cpuOf } from './node-shape.ts'

export interface Fleet {
  readonly fleetId: string
  readonly orgId: string
  /** Unique in the organization. */
  readonly name: string
  readonly nodeShape: NodeShape
  /** Percent of its vCPU; null where nothing was said, as for the fleet that is there from the start. */
  readonly scaleUpThreshold: number | null
  /** Regions of which nothing was said are left out. */
  readonly regions: Readonly<Record<string, FleetWish>>
  readonly createdAt: Instant
}

/** What is wished in a region. */
export interface FleetWish {
  readonly nodeBaseline: number
  readonly cloudMinVcpus: number
  /** Null while it never was. */
  readonly cloudMinVcpusUpdatedAt: Instant | null
}

/** What a placement has to know. */
export type FleetName = Pick<Fleet, 'fleetId' | 'name'>

/** The one that every organization has. */
export const defaultFleet = (
  given: Pick<Fleet, 'fleetId' | 'orgId' | 'nodeShape' | 'createdAt'>,
): Fleet => ({ ...given, name: 'default', scaleUpThreshold: null, regions: {} })

const nothing: FleetWish = { nodeBaseline: 0, cloudMinVcpus: 0, cloudMinVcpusUpdatedAt: null }

export const wishOf = ({ regions }: Fleet, region: string): FleetWish => regions[region] ?? nothing

/** `cloudMinVcpus` counts in machines of the fleet's shape. */
export const scaleIncrementOf = ({ nodeShape }: Fleet): number => cpuOf(nodeShape)

export const withNodeBaseline = (fleet: Fleet, region: string, nodeBaseline: number): Fleet =>
  withWish(fleet, region, { ...wishOf(fleet, region), nodeBaseline })

const pauseMs = 300_000

/** When the next change of `cloudMinVcpus` is allowed; null: now. */
export function nextVcpusChange(fleet: Fleet, region: string, now: Instant): Instant | null {
  const { cloudMinVcpusUpdatedAt: last } = wishOf(fleet, region)
  return last !== null && now < last + pauseMs ? last + pauseMs : null
}

export const withCloudMinVcpus = (
  fleet: Fleet,
  region: string,
  { cloudMinVcpus, at }: { cloudMinVcpus: number; at: Instant },
): Fleet =>
  withWish(fleet, region, {
    ...wishOf(fleet, region),
    ...{ cloudMinVcpus, cloudMinVcpusUpdatedAt: at },
  })

const withWish = (fleet: Fleet, region: string, wish: FleetWish): Fleet => ({
  ...fleet,
  regions: { ...fleet.regions, [region]: wish },
})
