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
export const buildImage = (engine: EngineClient): Promise<string> =>
  buildImageOf(engine, { name: gameImage, write: writeGame })

/** Builds an image of what `write` writes into a new folder, and answers its id without `sha256:`. */
export async function buildImageOf(
  engine: EngineClient,
  { name, write }: { name: string; write: (folder: string) => void },
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-image-'))
  try {
    write(folder)
    execFileSync('tar', ['--create', '--file', `${folder}.tar`, '--directory', folder, '.'])
    const answer = await engine.stream({
      ...{ method: 'POST', path: '/build', query: { t: name } },
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
  copyProgram('/usr/bin/perl', { root, to: '/usr/bin/perl' })
  copyBusybox(join(root, 'bin'), ['busybox', 'sh', 'cat'])
  cpSync(join(import.meta.dirname, 'game.pl'), join(root, 'game.pl'))
  const dockerfile = `FROM scratch\nCOPY root /\nCMD ["/usr/bin/perl", "/game.pl"]\n`
  writeFileSync(join(folder, 'Dockerfile'), dockerfile)
}

/** A program of this machine, with the libraries that it loads where it looks for them. */
export function copyProgram(program: string, { root, to }: { root: string; to: string }): void {
  const libraries = librariesOf(program).map((path) => ({ from: path, to: path }))
  for (const file of [{ from: program, to }, ...libraries]) {
    mkdirSync(join(root, dirname(file.to)), { recursive: true })
    copyFileSync(realpathSync(file.from), join(root, file.to))
  }
}

/** Under each of the names it is another program. */
export function copyBusybox(folder: string, names: readonly string[]): void {
  const busybox = findProgram('busybox') ?? ''
  mkdirSync(folder, { recursive: true })
  for (const name of names) copyFileSync(busybox, join(folder, name))
}

const librariesOf = (program: string): string[] =>
  [...execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map(
    ([, path = '']) => path,
  )
