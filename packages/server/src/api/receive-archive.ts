/** An archive that comes in one piece, whichever request brings it. */
import { type FormBody, HatcheryError } from '@hatchery/contract'
import type { Build } from '../domain/build.ts'
import type { Services } from './context.ts'

/** Takes the archive that stands in a form; undefined where none does, else as `receiveArchive`. */
export const archiveIn = (
  services: Services,
  build: Build,
  form: FormBody,
): Promise<Build | undefined> =>
  form.read(async ({ file }) =>
    file === undefined
      ? undefined
      : await receiveArchive(services, build, { bytes: file, formBytes: form.length }),
  )

export const noFile = (): HatcheryError =>
  new HatcheryError('invalid', 'the form has no part `file`: send the archive in it')

interface ComingArchive {
  readonly bytes: AsyncIterable<Uint8Array>
  /** What the Content-Length of the form says: a little more than the archive has. */
  readonly formBytes: number | undefined
}

type Receivers = Pick<Services, 'store' | 'uploads' | 'buildLimits' | 'assertDiskSpace'>

/** What a form has beside the archive; it is far less. */
const mostBesideBytes = 1_048_576

/** Answers the build as it is once it has the archive. Refuses one that waits for none, before anything is read. */
export async function receiveArchive(
  { store, uploads, buildLimits, assertDiskSpace }: Receivers,
  build: Build,
  { bytes, formBytes = 0 }: ComingArchive,
): Promise<Build> {
  const { buildId } = build
  const { maxBytes } = buildLimits
  assertWaits(build)
  if (await uploads.has(buildId)) throw refused(build, 'has its archive already')
  if (formBytes > maxBytes + mostBesideBytes) {
    throw new HatcheryError(
      'invalid',
      `the archive must have at most ${maxBytes} bytes; the form has ${formBytes}`,
    )
  }
  assertDiskSpace()
  await uploads.receive(buildId, { bytes, mostBytes: maxBytes })
  const current = await store.findBuildById(buildId)
  if (current !== undefined && isOpen(current)) return current
  await uploads.remove(buildId)
  throw refused(build, 'was run or deleted while its archive was sent')
}

/** Somebody may have begun to run it since it has its archive. */
const isOpen = ({ status, deletedAt }: Build): boolean =>
  deletedAt === null && (status === 'created' || status === 'running')

function assertWaits(build: Build): void {
  if (build.status !== 'created') throw refused(build, `is ${build.status}`)
  if (build.source.kind === 'upload') throw refused(build, 'was created for an upload in parts')
  if (build.source.kind === 'registry') throw refused(build, 'was created for an image')
}

const refused = ({ number }: Build, why: string): HatcheryError =>
  new HatcheryError(
    'not-now',
    `build ${number} ${why}: run it without a file, or create another build`,
  )
