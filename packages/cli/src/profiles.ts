/** Servers that `hatchery login` keeps, with their tokens, in a file that only its user can read. */
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.ts'
import { type Environment, configFolder } from './settings.ts'

export interface Profile {
  readonly url?: string
  readonly token?: string
}

export interface Profiles {
  /** The name of the one in use. */
  readonly current: string
  readonly profiles: Readonly<Record<string, Profile>>
  /** The application chosen for each server, by the server's address. */
  readonly apps: Readonly<Record<string, string>>
}

const none: Profiles = { current: 'default', profiles: {}, apps: {} }

const profilesFile = (env: Environment): string => join(configFolder(env), 'profiles.json')

/** Throws a Failure where the file is there and cannot be read. */
export function readProfiles(env: Environment): Profiles {
  const path = profilesFile(env)
  try {
    return { ...none, ...(JSON.parse(readFileSync(path, 'utf8')) as Partial<Profiles>) }
  } catch (error) {
    if (isCode(error, 'ENOENT')) return none
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure(`${path} cannot be read: ${reason}`, { exitCode: 1 })
  }
}

/** Replaces the file whole, so that a crash leaves the old one or the new one. */
export function writeProfiles(env: Environment, profiles: Profiles): void {
  const path = profilesFile(env)
  mkdirSync(configFolder(env), { recursive: true, mode: 0o700 })
  const next = `${path}.${process.pid}`
  writeFileSync(next, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 })
  chmodSync(next, 0o600)
  renameSync(next, path)
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
