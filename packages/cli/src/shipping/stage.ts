/** A program or a folder as a folder that can be built: with a Procfile that says how it starts. */
import { chmod, copyFile, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { usageFailure } from '../failure.ts'

export interface Stage extends AsyncDisposable {
  readonly folder: string
}

/** `words` are handed to the program. A folder without them is used where it is. */
export async function stage(target: string, words: readonly string[]): Promise<Stage> {
  const path = resolve(target)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw usageFailure(`there is no program or folder ${target}`)
  if (!found.isDirectory()) return await stageProgram(path, words)
  const line = await serverLine(path)
  if (words.length === 0) return { folder: path, [Symbol.asyncDispose]: async () => {} }
  return await staged(async (folder) => {
    await cp(path, folder, { recursive: true, verbatimSymlinks: true, mode: cloneWherePossible })
    await writeFile(join(folder, 'Procfile'), `server: ${[line, ...words.map(quoted)].join(' ')}\n`)
  })
}

/** COPYFILE_FICLONE. */
const cloneWherePossible = 2

const stageProgram = (path: string, words: readonly string[]): Promise<Stage> =>
  staged(async (folder) => {
    const name = basename(path)
    await copyFile(path, join(folder, name), cloneWherePossible)
    await chmod(join(folder, name), 0o755)
    const line = [quoted(`./${name}`), ...words.map(quoted)].join(' ')
    await writeFile(join(folder, 'Procfile'), `server: ${line}\n`)
  })

async function serverLine(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'Procfile'), 'utf8').catch(() => '')
  const line = /^server:\s*(.+)$/m.exec(text)?.[1]
  if (line !== undefined) return line.trim()
  throw usageFailure(
    `${folder} has no Procfile with a line "server: ./my-server"; write one, or name the program itself`,
  )
}

async function staged(fill: (folder: string) => Promise<void>): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'hatchery-run-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    await fill(folder)
  } catch (error) {
    await remove()
    throw error
  }
  return { folder, [Symbol.asyncDispose]: remove }
}

/** A word for the shell; plain ones as they are. */
const quoted = (word: string): string =>
  /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
