/** Where processes run. */
import type { Static } from 'typebox'
import { openChoice } from './fields.ts'

/** The regions of the published API. An operator may add others. */
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

export const Region = openChoice(
  'Region',
  regions,
  'A named place that runs processes. An installation may have regions of its own beside these.',
)
export type Region = Static<typeof Region>
