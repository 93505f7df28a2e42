/**
 * The configuration of the server: flags over environment over settings file over defaults. All that is wrong is said
 * at once, each setting under the name its user wrote; a secret's value never is.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { problemsTogether } from './config/combinations.ts'
import { readSettingsFile } from './config/file.ts'
import { readFlags } from './config/flags.ts'
import { isLoopback } from './config/loopback.ts'
import { type Given, joined } from './config/reading.ts'
import { type Settings, settingsSchema } from './config/schema.ts'
import { sections, settings } from './config/setting.ts'
import { allowedValues, isAllowed } from './config/value.ts'
import { usualEngine } from './config/usual-engine.ts'
import { type Environment, readVariables } from './config/variables.ts'

export { isLoopback } from './config/loopback.ts'
export { configWarnings } from './config/warnings.ts'
export { type SettingRow, settingsHelp, settingsTable } from './config/table.ts'

/** All settings with their values. Paths are absolute; `publicUrl` ends without a slash. */
export type Config = Omit<Settings, 'adminTokenFile' | 'discovery'> & {
  readonly discovery: { readonly udpEcho: boolean }
}

export interface ConfigInputs {
  /** The arguments behind the command's name. */
  readonly argv: readonly string[]
  readonly env: Environment
  /** The working folder, absolute: where hatchery.yaml is looked for and relative paths start. */
  readonly cwd: string
  readonly isRoot: boolean
}

/** Everything that is wrong with the settings, a sentence each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/**
 * Throws a ConfigError with every wrong or unknown setting. Reads the settings file, the admin token's file, and where
 * Docker's own client finds its engine.
 */
export function readConfig({ argv, env, cwd, isRoot }: ConfigInputs): Config {
  const flags = readFlags(argv, cwd)
  const variables = readVariables(env, cwd)
  const file = readSettingsFile(flags.settingsFile ?? variables.settingsFile, cwd)
  const { given, problems } = joined([file, variables, flags])
  const winning = new Map(given.map((one) => [one.setting.key, one]))
  const settled = settingsFrom(winning, cwd)
  const values = winning.has('containers.engine') ? settled : withUsualEngine(settled, env)
  const nameOf = (key: string): string => winning.get(key)?.writtenAs ?? key
  const token = readToken(values, nameOf('adminTokenFile'))
  const together = problemsTogether({ settings: values, isRoot, nameOf })
  const all = [...problems, ...together, ...token.problems]
  if (all.length > 0) throw new ConfigError(all)
  return completed(values, token.token)
}

/** Defaults with what was given put over them; the cast holds because each value was checked against its schema. */
function settingsFrom(winning: ReadonlyMap<string, Given>, cwd: string): Settings {
  const root: Record<string, unknown> = {}
  for (const section of sections) root[section] = {}
  for (const { key, schema } of settings) {
    const { value, folder } = winning.get(key) ?? { value: schema.default, folder: cwd }
    if (value === undefined) continue
    const [section, name] = key.includes('.') ? key.split('.') : [undefined, key]
    const target = section === undefined ? root : (root[section] as Record<string, unknown>)
    target[name ?? key] =
      schema.path === true && typeof value === 'string' ? resolve(folder, value) : value
  }
  return root as Settings
}

/** Certificates that were found belong to the engine that was found with them. */
function withUsualEngine(values: Settings, env: Environment): Settings {
  const { engine, certificates } = usualEngine(env)
  const keys = values.containers.certificates ?? certificates
  const found = { engine, ...(keys !== undefined && { certificates: keys }) }
  return { ...values, containers: { ...values.containers, ...found } }
}

interface TokenReading {
  readonly token: string | undefined
  readonly problems: readonly string[]
}

/** The admin token as set, or as its file has it, without the white space around it. */
function readToken(
  { adminToken, adminTokenFile: path }: Settings,
  fileSetting: string,
): TokenReading {
  if (path === undefined) return { token: adminToken, problems: [] }
  const schema = settingsSchema.properties.adminToken
  try {
    const token = readFileSync(path, 'utf8').trim()
    if (isAllowed(schema, token)) return { token, problems: [] }
    const problem = `${fileSetting} must name a file with ${allowedValues(schema)}; ${path} has ${token.length} characters`
    return { token: undefined, problems: [problem] }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return {
      token: undefined,
      problems: [`${fileSetting} names ${path}, which cannot be read: ${code}`],
    }
  }
}

function completed(values: Settings, adminToken: string | undefined): Config {
  const { adminToken: _given, adminTokenFile: _file, discovery, publicUrl, ...others } = values
  return {
    ...others,
    ...(adminToken !== undefined && { adminToken }),
    ...(publicUrl !== undefined && { publicUrl: publicUrl.replace(/\/+$/, '') }),
    discovery: { udpEcho: discovery.udpEcho ?? !isLoopback(values.host) },
  }
}
