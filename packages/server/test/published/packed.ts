/** The packages as they would be published: built and packed, and installed into empty projects without a network. */
import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const repository = join(import.meta.dirname, '../../../..')

export interface Packed {
  /** Holds everything below; the caller removes it. */
  readonly folder: string
  /** Tarballs by the name of the package's folder in dist/. */
  readonly tarballs: ReadonlyMap<string, string>
}

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end, whichever that is. */
export const run = (
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...options.env }
    const given = { ...options, env, maxBuffer: 2 ** 26 }
    execFile(program, args, given, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, stdout, stderr })
    })
  })

/** What a program printed that must succeed. */
export async function output(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options)
  if (code === 0) return stdout
  throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`)
}

export async function packAll(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-packed-'))
  const built = join(folder, 'built')
  await output(process.execPath, [join(repository, 'scripts/build.mjs'), built])
  const names = readdirSync(built)
  const paths = names.map((name) => join(built, name))
  await npm(folder, ['pack', '--ignore-scripts', ...paths], folder)
  const tarballs = names.map((name): [string, string] => [
    name,
    tarballOf(join(built, name), folder),
  ])
  return { folder, tarballs: new Map(tarballs) }
}

function tarballOf(built: string, folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as {
    name: string
    version: string
  }
  return join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
}

/** A project with nothing but these packages, or an existing one with them added. */
export async function installed(
  { folder, tarballs }: Packed,
  names: readonly string[],
  project = mkdtempSync(join(folder, 'project-')),
): Promise<string> {
  if (!existsSync(join(project, 'package.json'))) {
    writeFileSync(join(project, 'package.json'), '{ "private": true }')
  }
  const files = names.map((name) => tarballs.get(name) ?? `no package ${name}`)
  await npm(project, ['install', '--offline', ...files], folder)
  return project
}

/** An empty cache and an address where nobody answers, so that nothing of this machine or a network helps. */
function npm(cwd: string, args: readonly string[], folder: string): Promise<string> {
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--registry=http://127.0.0.1:9/']
  const config = join(folder, 'npmrc')
  if (!existsSync(config)) writeFileSync(config, '')
  mkdirSync(join(folder, 'cache'), { recursive: true })
  const own = [`--cache=${join(folder, 'cache')}`, `--userconfig=${config}`]
  return output('npm', [...args, ...flags, ...own], { cwd })
}

/** Another Node of this machine, which is not the one that the repository brings along. */
export async function olderNode(): Promise<string | undefined> {
  const candidates = (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, 'node'))
    .filter((path) => !path.startsWith(repository) && existsSync(path))
  for (const candidate of candidates) {
    const version = await output(candidate, ['--version'])
    if (/^v2[0-3]\./.test(version)) return candidate
  }
  return undefined
}
