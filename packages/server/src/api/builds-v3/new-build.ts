import { HatcheryError } from '@hatchery/contract'
import type { Build } from '../../domain/build.ts'
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

/** A build that was just created, under the caller's own id or a new one. Throws `taken` for an id of a process. */
export async function newBuild(
  { services, auth }: Asker,
  { buildId, buildTag }: Named,
  source: Build['source'],
): Promise<Build> {
  assertNoZeroByte('body.buildTag', buildTag ?? '')
  if (buildId !== undefined) await assertNoProcess(services, buildId)
  return {
    buildId: buildId ?? `bld-${services.uuid()}`,
    orgId: auth.orgId,
    buildTag: buildTag ?? null,
    status: 'created',
    source,
    artifact: null,
    imageSize: 0,
    failure: null,
    createdAt: services.clock.now(),
    createdBy: auth.orgTokenId,
    startedAt: null,
    finishedAt: null,
    deletedAt: null,
  }
}

/** Logs go by id, of builds and of processes: a build of that name would show the log of somebody's process. */
async function assertNoProcess({ store }: Services, buildId: string): Promise<void> {
  if ((await store.findProcessById(buildId)) === undefined) return
  throw new HatcheryError('taken', `a build ${buildId} exists already: choose another id`)
}
