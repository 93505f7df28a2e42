/** The feed of changes. */
import type { Static } from 'typebox'
import { choice } from './fields.ts'

export const eventKinds = [
  'application',
  'build',
  'deployment',
  'member',
  'fleet',
  'process',
  'room',
  'token',
] as const

export const EventKind = choice('EventKind', eventKinds, 'The kind of record that changed.')
export type EventKind = Static<typeof EventKind>
