import { HatcheryError } from '@hatchery/contract'
import { emailAddress } from '../domain/person.ts'
import { show } from './explain.ts'

/** The address of a person as records have it, in lower case. Throws `invalid`. */
export function readEmailAddress(text: string): string {
  const address = emailAddress(text)
  if (address !== undefined) return address
  throw new HatcheryError(
    'invalid',
    `userEmail must be an e-mail address as ada@games.example, at most 320 characters; got ${show(text)}`,
  )
}
