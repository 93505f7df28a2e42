/** What the scopes of a token include. */
import { describe, expect, test } from 'vitest'
import { type Scope, grants, missingScope } from '../src/index.ts'

describe('the scopes of a token', () => {
  test.each<['admin' | Scope[], Scope[], Scope | undefined]>([
    ['admin', ['tokens:read-write', 'load-balancer:access'], undefined],
    [[], [], undefined],
    [[], ['processes:read'], 'processes:read'],
    [['processes:read'], ['processes:read'], undefined],
    [['processes:read'], ['processes:read-write'], 'processes:read-write'],
    [['processes:read-write'], ['processes:read'], undefined],
    [['builds:read-write'], ['processes:read'], 'processes:read'],
    [['billing:read-write'], ['billing:read-write'], undefined],
    [
      ['applications:read-write', 'builds:read'],
      ['applications:read', 'deployments:read', 'builds:read'],
      'deployments:read',
    ],
  ])('%j asked for %j lack %s', (owned, needed, missing) => {
    expect(missingScope(owned, needed)).toBe(missing)
    expect(grants(owned, needed)).toBe(missing === undefined)
  })
})
