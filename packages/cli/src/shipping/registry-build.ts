/** A build of an image in a container registry: made, pulled by the server, told line by line. */
import type { BuildV3, Hatchery } from '@hatchery/client'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'
import { tokenOfFile } from '../sources.ts'
import { finishedBuild } from './build.ts'
import type { Progress } from './progress.ts'

export interface RegistryFlags {
  readonly tag: string | undefined
  readonly 'build-id': string | undefined
  readonly registry: string | undefined
  readonly auth: string | undefined
  readonly 'auth-file': string | undefined
}

export interface RegistryOrder {
  readonly client: Hatchery
  readonly image: string
  readonly flags: RegistryFlags
  readonly progress: Progress
}

/** Answers a build that succeeded. Rejects with a Failure (exit 7) that has the build's last lines. */
export async function buildFromRegistry(context: Context, order: RegistryOrder): Promise<BuildV3> {
  const { client, image, flags, progress } = order
  const auth = credentials(context, flags)
  const { buildId } = await client.buildsV3.createBuildRegistry({
    buildTag: flags.tag ?? image,
    ...(flags['build-id'] !== undefined && { buildId: flags['build-id'] }),
  })
  const output = await client.buildsV3.runBuildRegistry(buildId, {
    image,
    ...(flags.registry !== undefined && { registryUrl: flags.registry }),
    ...(auth !== undefined && { auth }),
  })
  return await finishedBuild({ client, buildId, output, progress })
}

/** As the API takes them, base64. A file has them as one types them, `USER:PASSWORD`. */
function credentials(context: Context, { auth, 'auth-file': file }: RegistryFlags) {
  if (file === undefined) return auth
  const text = tokenOfFile(file, context) ?? ''
  if (text.includes(':')) return Buffer.from(text).toString('base64')
  throw usageFailure(`${file === '-' ? 'stdin' : file} must have USER:PASSWORD in one line`)
}
