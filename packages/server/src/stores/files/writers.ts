/** Who writes to which upload. Different parts go at once; of two that send the same, the newer one wins. */
import { HatcheryError } from '@hatchery/contract'

/** A part, or the archive in one piece. */
export interface Written {
  readonly buildId: string
  readonly part: number | 'file'
}

export interface Writers {
  /** Does `work` once nobody else writes the same; its signal aborts when it has to end. */
  write<T>(written: Written, work: (signal: AbortSignal) => Promise<T>): Promise<T>
  /** Does something that nothing may be written during; refuses with `not-now` while something is. */
  exclusively(buildId: string, action: () => Promise<void>): Promise<void>
  /** Ends those that write to an upload. */
  stop(buildId: string): Promise<void>
}

interface Writing {
  readonly stop: () => void
  /** Settles when it touches the upload no more. */
  done: Promise<unknown>
}

export function createWriters(): Writers {
  const active = new Map<string, Map<Written['part'], Writing>>()
  const sealed = new Set<string>()

  return {
    async write({ buildId, part }, work) {
      if (sealed.has(buildId)) throw uploadIsComplete(buildId)
      const ofBuild = active.get(buildId) ?? new Map<Written['part'], Writing>()
      active.set(buildId, ofBuild)
      const before = ofBuild.get(part)
      const stopping = new AbortController()
      const mine: Writing = { stop: () => stopping.abort(givenUp(part)), done: Promise.resolve() }
      ofBuild.set(part, mine)
      before?.stop()
      const written = Promise.resolve(before?.done).then(() => {
        stopping.signal.throwIfAborted()
        return work(stopping.signal)
      })
      mine.done = written.catch(() => undefined)
      try {
        return await written
      } finally {
        if (ofBuild.get(part) === mine) ofBuild.delete(part)
        if (ofBuild.size === 0) active.delete(buildId)
      }
    },
    async exclusively(buildId, action) {
      const [part] = active.get(buildId)?.keys() ?? []
      if (part !== undefined) {
        throw new HatcheryError(
          'not-now',
          `${named(part)} is still being sent: complete the upload after it`,
        )
      }
      sealed.add(buildId)
      try {
        await action()
      } finally {
        sealed.delete(buildId)
      }
    },
    async stop(buildId) {
      const writings = [...(active.get(buildId)?.values() ?? [])]
      for (const writing of writings) writing.stop()
      await Promise.all(writings.map(({ done }) => done))
    },
  }
}

const named = (part: Written['part']): string => (part === 'file' ? 'the archive' : `part ${part}`)

const givenUp = (part: Written['part']): HatcheryError =>
  new HatcheryError(
    'not-now',
    `${named(part)} was given up: it is sent again by another request, or its upload was removed`,
  )

export const uploadIsComplete = (buildId: string): HatcheryError =>
  new HatcheryError(
    'not-now',
    `the upload of build ${buildId} is complete: create another build to upload something else`,
  )
