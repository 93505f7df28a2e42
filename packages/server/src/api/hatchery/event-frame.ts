/** Events in the form of server-sent events. */
import { timestamp } from '../../domain/clock.ts'
import type { RecordedEvent } from '../../domain/events.ts'

/** The record is JSON already, which has no line break in it. */
export function eventFrame({ seq, at, orgId, appId, kind, subject, body }: RecordedEvent): Buffer {
  const fields = JSON.stringify({ seq, at: timestamp(at), orgId, appId, kind, subject })
  const line = `${fields.slice(0, -1)},"record":${body}}`
  return Buffer.from(`id: ${seq}\nevent: ${kind}\ndata: ${line}\n\n`)
}

/** What followed the last event that a reader has seen is not kept any more: it goes on after `seq`. */
export const resetFrame = (seq: number): Buffer =>
  Buffer.from(`id: ${seq}\nevent: reset\ndata: {"seq":${seq}}\n\n`)

/** The first thing on the line. An id without data is no event: readers keep it and come back with it. */
export const openingFrame = (seq: number): Buffer =>
  Buffer.from(`: changes, as they come\nretry: 1000\nid: ${seq}\n\n`)

/** A sign of life; with the id, so that nobody who waits long comes back with one that is not kept any more. */
export const livingFrame = (seq: number): Buffer => Buffer.from(`:\nid: ${seq}\n\n`)
