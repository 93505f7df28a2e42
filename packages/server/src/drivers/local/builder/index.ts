// Placeholder until the real builder stands here.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { x } from 'tar'
import { type Builder, DriverError } from '../../../domain/driver.ts'

export function createLocalBuilder({ buildsFolder }: { buildsFolder: string; asRoot: boolean }): Builder {
  return {
    async build(archive, say) {
      const contentHash = createHash('sha256').update(await readFile(archive)).digest('hex')
      const next = join(buildsFolder, `.tmp-${contentHash}`)
      await mkdir(next, { recursive: true })
      await x({ file: archive, cwd: next })
      const procfile = await readFile(join(next, 'Procfile'), 'utf8').catch(() => '')
      const command = /^server:\s*(.+?)\s*$/m.exec(procfile)?.[1]
      if (command === undefined) throw new DriverError('no Procfile with a "server:" line', { temporary: false })
      await rm(join(buildsFolder, contentHash), { recursive: true, force: true })
      await rename(next, join(buildsFolder, contentHash))
      say(`start command: ${command}`)
      return { artifact: { kind: 'folder', contentHash, command }, sizeBytes: 1 }
    },
    artifacts: async () => (await readdir(buildsFolder)).filter((name) => !name.startsWith('.')),
    removeArtifact: (hash) => rm(join(buildsFolder, hash), { recursive: true, force: true }),
  }
}
