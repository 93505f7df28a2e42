import { choice } from './fields.ts'

/** The scopes of organization tokens, as published. */
export const scopes = [
  'billing:read-write',
  'builds:read',
  'builds:read-write',
  'deployments:read',
  'deployments:read-write',
  'applications:read',
  'applications:read-write',
  'processes:read',
  'processes:read-write',
  'fleets:read',
  'fleets:read-write',
  'orgs:read',
  'orgs:read-write',
  'tokens:read',
  'tokens:read-write',
  'tickets:read',
  'tickets:read-write',
  'load-balancer:access',
] as const

export type Scope = (typeof scopes)[number]

export const Scope = choice('Scope', scopes, 'A permission; `x:read-write` includes `x:read`.')
