/** `hatchery restore`: a backup becomes a data folder that a server can be started on. */
import { resolve } from 'node:path'
import { restoreBackup } from '@hatchery/server'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'

export async function restore(
  { cwd, out }: Context,
  { words: [archive = ''], flags }: Input<{ data: string; force: boolean }>,
): Promise<void> {
  const restored = await restoreBackup({
    archive: resolve(cwd, archive),
    data: resolve(cwd, flags.data),
    force: flags.force,
  })
  const { data, createdAt, version, replaced } = restored
  out.did(
    `restored ${data} as of ${createdAt}, made by version ${version}; next: hatchery serve --data ${flags.data}`,
    { ids: [data], json: restored },
  )
  if (replaced !== null) out.say(`what was there before is in ${replaced}`)
}
