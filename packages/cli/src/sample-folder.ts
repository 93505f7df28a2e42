/**
 * What the sample game is built from. For containers of engines on this machine the image is made of the Node that runs
 * this program, with the libraries that it needs: no registry is asked, so it works without internet.
 */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface SampleFolderOptions {
  /** Addresses of the engines that may run it. */
  readonly engines: readonly string[]
  readonly say: (line: string) => void
}

export interface SampleFolder extends Disposable {
  readonly path: string
}

/** Beside the published program, or where the repository has it. */
const folders = ['../sample-game', '../../../examples/sample-game'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
)

/** The folder of the sample, or a copy of it with our own Node in it, which goes with it. */
export function sampleFolder({ engines, say }: SampleFolderOptions): SampleFolder {
  const sample = folders.find((path) => existsSync(path)) ?? ''
  const asItIs: SampleFolder = { path: sample, [Symbol.dispose]: () => undefined }
  if (engines.length === 0) return asItIs
  const libraries = engines.every(isHere) ? librariesOfNode() : undefined
  if (libraries === undefined) {
    say('its image is made FROM node:24-alpine, which the engine pulls when it has none')
    return asItIs
  }
  say('its image is made of the Node of this machine, so nothing is pulled')
  return withOwnNode(sample, libraries)
}

const isHere = (engine: string): boolean => engine.startsWith('unix://')

/** Undefined where a container could not run our own Node: on another system than Linux, or without `ldd`. */
function librariesOfNode(): string[] | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const text = execFileSync('ldd', [process.execPath], { encoding: 'utf8', stdio: 'pipe' })
    return [...text.matchAll(/(\/\S+) \(0x/g)].flatMap(([, path]) => path ?? [])
  } catch {
    return undefined
  }
}

const dockerfile = `FROM scratch
COPY root /
COPY game.mjs /game.mjs
CMD ["/node", "/game.mjs"]
`

function withOwnNode(sample: string, libraries: readonly string[]): SampleFolder {
  const path = mkdtempSync(join(tmpdir(), 'hatchery-sample-'))
  const remove = (): void => rmSync(path, { recursive: true, force: true })
  try {
    cpSync(sample, path, { recursive: true })
    writeFileSync(join(path, 'Dockerfile'), dockerfile)
    copyInto(join(path, 'root'), '/node', process.execPath)
    for (const library of libraries) copyInto(join(path, 'root'), library, library)
  } catch (error) {
    remove()
    throw error
  }
  return { path, [Symbol.dispose]: remove }
}

/** A link is followed: in the image stands the file itself, under the name that is looked for. */
function copyInto(root: string, name: string, source: string): void {
  mkdirSync(join(root, dirname(name)), { recursive: true })
  copyFileSync(realpathSync(source), join(root, name))
}
