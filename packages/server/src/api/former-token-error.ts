import { HatcheryError } from '@hatchery/contract'

/** A token that was good once. Whoever has it does not guess, so it counts as no failed login. */
export class FormerTokenError extends HatcheryError {
  constructor(message: string) {
    super('unauthenticated', message)
  }
}
