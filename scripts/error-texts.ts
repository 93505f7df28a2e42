/** When each error code is answered and what a caller can do: the words of docs/errors.md. */
import type { ErrorCode } from '@hatchery/contract'

interface ErrorText {
  readonly when: string
  readonly wayOut: string
}

export const errorTexts: Readonly<Record<ErrorCode, ErrorText>> = {
  'not-now': {
    when: 'The request is right, but not in the state that the thing is in',
    wayOut: 'Read the thing again; the message names the state that is needed',
  },
  unauthenticated: {
    when: 'There is no token, or the token is unknown, revoked or of another kind',
    wayOut: 'Send `Authorization: Bearer TOKEN`; make a new token when this one was revoked',
  },
  'missing-scope': {
    when: 'The token is known but may not do this',
    wayOut: 'Use a token with the scopes that the message names',
  },
  'limit-reached': {
    when: 'A limit of the organization is reached',
    wayOut: 'End what is no longer needed, or have the limit raised',
  },
  'not-found': {
    when: 'The path, or the thing it names, does not exist in your organization, or does no longer',
    wayOut: 'Look at the id in the message; list the things to see which there are',
  },
  timeout: {
    when: 'The request did not arrive in time',
    wayOut: 'Send it again',
  },
  gone: {
    when: 'What was asked for is over and its content was removed',
    wayOut: 'Nothing brings it back; the retention settings say how long things are kept',
  },
  invalid: {
    when: 'A value in path, query or body is not allowed',
    wayOut: 'The message names the field, the value and what is allowed',
  },
  taken: {
    when: 'The name or id belongs to something else already',
    wayOut: 'Choose another, or leave the id out to get one',
  },
  'rate-limited': {
    when: 'There were too many requests, a player made too many lobbies, or too many streams are open',
    wayOut: 'Wait for the seconds in `Retry-After`, then go on more slowly',
  },
  'no-capacity': {
    when: 'No machine of the region has a port or room for one more process',
    wayOut: 'Try again later, take another region, or widen the `ports` setting',
  },
  'header-too-large': {
    when: 'The headers of the request are too large',
    wayOut: 'Send fewer or shorter headers and cookies',
  },
  'driver-failed': {
    when: 'The place where processes run could not do what was asked',
    wayOut: 'The message says what it said; the log of the server has more',
  },
  internal: {
    when: 'A bug in Hatchery, or its store failed',
    wayOut: 'Look for the request id in the log of the server and report it',
  },
  unavailable: {
    when: 'The server is starting or stopping, its disk is too full, or keys of a login cannot be read',
    wayOut: 'Wait for the seconds in `Retry-After`; free disk space when the message says so',
  },
}
