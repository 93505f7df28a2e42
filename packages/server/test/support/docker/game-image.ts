/** The image of the test game: FROM scratch, with this machine's perl and busybox, so that no registry is needed. */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
  createReadStream,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { EngineClient } from '../../../src/drivers/docker/engine-client.ts'
import { jsonLines } from '../../../src/drivers/docker/events.ts'
import { findProgram } from './engine-process.ts'

/** What images of tests are built from, on the engines that have it. */
export const gameImage = 'hatchery-test-game:1'

/** Builds it and answers its id without `sha256:`. */
export async function buildImage(engine: EngineClient): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-image-'))
  try {
    writeGame(folder)
    execFileSync('tar', ['--create', '--file', `${folder}.tar`, '--directory', folder, '.'])
    const answer = await engine.stream({
      ...{ method: 'POST', path: '/build', query: { t: gameImage } },
      upload: { bytes: createReadStream(`${folder}.tar`), contentType: 'application/x-tar' },
    })
    let id: string | undefined
    for await (const line of jsonLines(answer)) {
      const { aux, error } = line as { aux?: { ID?: string }; error?: string }
      if (error !== undefined) throw new Error(error)
      id = aux?.ID ?? id
    }
    return String(id).replace('sha256:', '')
  } finally {
    rmSync(folder, { recursive: true })
    rmSync(`${folder}.tar`, { force: true })
  }
}

/** Writes what the game's image is built from. */
function writeGame(folder: string): void {
  const root = join(folder, 'root')
  for (const file of ['/usr/bin/perl', ...librariesOf('/usr/bin/perl')]) {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    copyFileSync(realpathSync(file), join(root, file))
  }
  const busybox = findProgram('busybox') ?? ''
  mkdirSync(join(root, 'bin'), { recursive: true })
  for (const name of ['busybox', 'sh', 'cat']) copyFileSync(busybox, join(root, 'bin', name))
  cpSync(join(import.meta.dirname, 'game.pl'), join(root, 'game.pl'))
  const dockerfile = `FROM scratch\nCOPY root /\nCMD ["/usr/bin/perl", "/game.pl"]\n`
  writeFileSync(join(folder, 'Dockerfile'), dockerfile)
}

const librariesOf = (program: string): string[] =>
  [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(
    ([, path = '']) => path,
  )
