/** What the calls are given to be refused. */
import type { Operation } from '@hatchery/contract'
import type { Known } from './known.ts'

/** What a new thing is made of stands in the path of older versions; it is not what the operation is about. */
const isMaterial = (id: string, name: string): boolean =>
  name === 'buildId' && id.startsWith('CreateDeployment')

/** The thing that an operation is about: the last one its path names, else its organization. */
export function ownThing({ id, params, query }: Operation): string | undefined {
  const named = Object.keys(params).filter((name) => name !== 'region' && !isMaterial(id, name))
  return named.at(-1) ?? ('orgId' in query ? 'orgId' : undefined)
}

/** With `id` or `number` in place of what is there. */
export function withOther(
  known: Known,
  thing: string | undefined,
  { id, number }: { id: string; number: number },
): Known {
  if (thing === undefined) return known
  const numbers = { buildId: { buildNumber: number }, deploymentId: { deploymentNumber: number } }
  return { ...known, [thing]: id, ...numbers[thing as keyof typeof numbers] }
}

/** Longer than any id may be. */
const long = 'x'.repeat(2_001)

/** Not allowed in as many ways as its arguments have, but of an application that is there where it has any others. */
export function notAllowed(operation: Operation, known: Known): Known {
  const thing = ownThing(operation)
  const hasOthers =
    operation.access === 'player' ||
    operation.body !== undefined ||
    'region' in { ...operation.params, ...operation.query }
  const wrong = {
    ...{ ...known, region: 'Atlantis', fresh: `Not A Name ${long}`, userEmail: 'nobody' },
    ...{ returnUrl: 'nowhere', idToken: 'x'.repeat(10_001), containerPort: 0 },
  }
  const given = wrong as unknown as Known // no region has this name: that is the point
  return thing === 'appId' && hasOthers ? given : withOther(given, thing, { id: long, number: 0 })
}

/** For a server that looks at none of it. */
export const nothingKnown: Known = {
  ...{ orgId: 'org-1', orgTokenId: 'org-token-1', appId: 'app-1', buildId: 'bld-1' },
  ...{ buildNumber: 1, deploymentId: 'dep-1', deploymentNumber: 1, processId: 'process-1' },
  ...{ roomId: 'room-1', shortCode: 'LFG4', fleetId: 'fleet-1', nodeId: 'local' },
  ...{ region: 'Seattle', userEmail: 'ada@studio.example', playerToken: 'a.b.c', idToken: 'd.e.f' },
  ...{ returnUrl: 'https://studio.example/', containerPort: 7777 },
  ...{ archive: new Uint8Array(1), registry: { image: 'studio/game:1' }, fresh: 'name' },
}
