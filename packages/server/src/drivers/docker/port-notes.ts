/**
 * When a container bound its port: nothing else remembers that, so it stands in a small file for each process. Losing
 * one costs a time that is a little late.
 */
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessId } from '../../domain/process.ts'
import type { PortSeen } from './observe.ts'

export interface PortNotes {
  of(processId: ProcessId): PortSeen
  /** Throws when the disk is full. */
  write(processId: ProcessId, seen: PortSeen): void
  forget(processId: ProcessId): void
  /** Ids of processes with a note, to find what is left of those that are gone. */
  list(): ProcessId[]
}

const nothing: PortSeen = { boundAt: null, boundInstead: null }
const ending = '.port'

/** `folder` is made where it is missing. */
export function createPortNotes(folder: string): PortNotes {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const known = new Map<ProcessId, PortSeen>()
  const fileOf = (processId: ProcessId): string => join(folder, `${processId}${ending}`)

  return {
    of(processId) {
      const seen = known.get(processId) ?? read(fileOf(processId))
      known.set(processId, seen)
      return seen
    },
    write(processId, seen) {
      const temporary = `${fileOf(processId)}.new`
      writeFileSync(temporary, JSON.stringify(seen))
      renameSync(temporary, fileOf(processId))
      known.set(processId, seen)
    },
    forget(processId) {
      known.delete(processId)
      rmSync(fileOf(processId), { force: true })
    },
    list: () =>
      readdirSync(folder).flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -5)] : [])),
  }
}

function read(file: string): PortSeen {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PortSeen
  } catch {
    return nothing
  }
}
