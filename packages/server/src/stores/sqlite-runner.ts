/**
 * Drives units of work on SQLite. All writing units of one turn of the event loop run synchronously in one
 * transaction and share one commit; a unit that throws leaves nothing; the answers go out after the commit. Reading
 * units run at once: nothing else runs while a transaction is open, so they see what is committed, whole.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { HatcheryError } from '@hatchery/contract'
import { breaksTransaction, translated } from './sqlite-errors.ts'
import type { Row, Statement, Unit } from './statements.ts'

const mostPrepared = 500

interface Job {
  /** Runs the unit; answers how to settle its promise once the commit is durable. */
  readonly run: () => () => void
  readonly reject: (reason: Error) => void
}

export class SqliteRunner {
  readonly #db: DatabaseSync
  /** By text; forgotten all at once should lists of many lengths ever make too many texts. */
  readonly #prepared = new Map<string, StatementSync>()
  readonly #watchers = new Set<() => void>()
  #queue: Job[] = []
  #closed = false

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** Resolves once the unit is durable. Rejects with what it threw, or because the shared transaction failed. */
  write<T>(unit: () => Unit<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(closedError())
      const run = (): (() => void) => {
        const value = this.#drive(unit())
        return () => resolve(value)
      }
      if (this.#queue.push({ run, reject }) === 1) setImmediate(() => this.#flush())
    })
  }

  /** For units that only select. */
  async read<T>(unit: Unit<T>): Promise<T> {
    if (this.#closed) throw closedError()
    try {
      return this.#drive(unit)
    } catch (error) {
      throw translated(error)
    }
  }

  /** Calls back after each commit, when its answers are out; the answer ends it. */
  watchCommits(onCommit: () => void): () => void {
    this.#watchers.add(onCommit)
    return () => this.#watchers.delete(onCommit)
  }

  /** Commits what was accepted, then gives the file back. */
  close(): void {
    if (this.#closed) return
    this.#flush()
    this.#closed = true
    this.#db.close()
  }

  #flush(): void {
    const jobs = this.#queue
    if (jobs.length === 0) return
    this.#queue = []
    for (const settle of this.#commitTogether(jobs)) settle()
    for (const onCommit of this.#watchers) onCommit()
  }

  /**
   * First without savepoints, which cost as much as many a unit: hardly any unit throws. When one did, all is taken
   * back and done again, each in a savepoint, so that it leaves its neighbours alone.
   */
  #commitTogether(jobs: readonly Job[]): (() => void)[] {
    try {
      this.#execute('begin immediate')
      const settles = jobs.map((job) => job.run())
      this.#execute('commit')
      return settles
    } catch (error) {
      const cause = this.#rolledBack(error)
      if (jobs.length > 1 && cause === error && !breaksTransaction(error))
        return this.#commitApart(jobs)
      const reason = translated(cause)
      return jobs.map((job) => () => job.reject(reason))
    }
  }

  #commitApart(jobs: readonly Job[]): (() => void)[] {
    try {
      this.#execute('begin immediate')
      const settles = jobs.map((job) => this.#attempt(job))
      this.#execute('commit')
      return settles
    } catch (error) {
      const reason = translated(this.#rolledBack(error))
      return jobs.map((job) => () => job.reject(reason))
    }
  }

  /** A unit that throws takes back its own savepoint and leaves its neighbours alone. */
  #attempt(job: Job): () => void {
    this.#execute('savepoint unit')
    try {
      const settle = job.run()
      this.#execute('release unit')
      return settle
    } catch (error) {
      if (breaksTransaction(error) || !this.#db.isTransaction) throw error
      this.#execute('rollback to unit')
      this.#execute('release unit')
      return () => job.reject(translated(error))
    }
  }

  #rolledBack(error: unknown): unknown {
    try {
      if (this.#db.isTransaction) this.#execute('rollback')
      return error
    } catch (cause) {
      return new AggregateError([error, cause], 'a transaction failed and could not be rolled back')
    }
  }

  #drive<T>(unit: Unit<T>): T {
    let step = unit.next([]) // the first value goes nowhere, the type wants one
    while (step.done !== true) step = unit.next(this.#rows(step.value))
    return step.value
  }

  #rows({ text, values }: Statement): Row[] {
    return this.#statement(text).all(...values) as Row[] // no column of ours is a blob
  }

  #execute(text: string): void {
    this.#statement(text).run()
  }

  #statement(text: string): StatementSync {
    const known = this.#prepared.get(text)
    if (known !== undefined) return known
    if (this.#prepared.size >= mostPrepared) this.#prepared.clear()
    const prepared = this.#db.prepare(text)
    this.#prepared.set(text, prepared)
    return prepared
  }
}

const closedError = (): HatcheryError => new HatcheryError('unavailable', 'the store is closed')
