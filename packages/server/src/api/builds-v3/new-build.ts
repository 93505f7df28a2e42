import type { Build, NewBuild } from '../../domain/build.ts'
import type { Auth } from '../auth.ts'
import type { Services } from '../context.ts'
import { assertNoZeroByte } from '../explain.ts'

interface Asker {
  readonly services: Services
  readonly auth: Auth
}

interface Named {
  readonly buildId?: string
  readonly buildTag?: string
}

/** A build that was just created, under the caller's own id or a new one. */
export function newBuild(
  { services, auth }: Asker,
  { buildId, buildTag }: Named,
  source: Build['source'],
): NewBuild {
  assertNoZeroByte('body.buildTag', buildTag ?? '')
  return {
    buildId: buildId ?? `bld-${services.uuid()}`,
    orgId: auth.orgId,
    buildTag: buildTag ?? null,
    status: 'created',
    source,
    artifacts: [],
    imageSize: 0,
    failure: null,
    createdAt: services.clock.now(),
    createdBy: auth.by,
    startedAt: null,
    finishedAt: null,
    deletedAt: null,
  }
}
