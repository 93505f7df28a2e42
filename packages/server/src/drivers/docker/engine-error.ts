/** What an engine refuses, in its own words. */
import { DriverError } from '../../domain/driver.ts'

/** The engine answered with an error. */
export class EngineError extends DriverError {
  readonly status: number

  constructor(status: number, words: string) {
    super(words, { temporary: isPassing(status), portTaken: saysPortTaken(words) })
    this.status = status
  }
}

/** Whether the engine answered that it does not know the thing. */
export const isMissing = (error: unknown): boolean => hasStatus(error, 404)

export const hasStatus = (error: unknown, status: number): boolean =>
  error instanceof EngineError && error.status === status

/** What it cannot do now: its own failures, and what somebody else does at the moment. */
const isPassing = (status: number): boolean =>
  status >= 500 || status === 409 || status === 429 || status === 408

/** The words of docker-proxy, of the engine's own table of ports, and of the kernel's. */
const saysPortTaken = (words: string): boolean =>
  /port is already allocated|address already in use|ports are not available/i.test(words)
