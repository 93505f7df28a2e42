/** ProcessesV3: one run of a deployment in a region, and what was measured of it. */
import Type, { type Static } from 'typebox'

export const processStatuses = [
  'starting',
  'running',
  'draining',
  'stopping',
  'stopped',
  'failed',
] as const
export type ProcessStatus = (typeof processStatuses)[number]

export const transportTypes = ['tcp', 'udp', 'tls'] as const
export type TransportType = (typeof transportTypes)[number]

export const regions = [
  'Seattle',
  'Los_Angeles',
  'Washington_DC',
  'Chicago',
  'London',
  'Frankfurt',
  'Mumbai',
  'Singapore',
  'Tokyo',
  'Sydney',
  'Sao_Paulo',
  'Dallas',
  'Johannesburg',
  'Dubai',
] as const
