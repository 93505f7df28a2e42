/** Settings from the environment: `HATCHERY_PORT=4283`; lists are divided by commas; an empty variable counts as not set. */
import { type Reading, checked, joined, unknownSetting } from './reading.ts'
import { settingOfVariable } from './setting.ts'
import { valueOfText } from './value.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface VariableReading extends Reading {
  readonly settingsFile: string | undefined
}

const settingsFileVariable = 'HATCHERY_SETTINGS'

/** Ours as well, but read by others: the command line, the test command, game servers. */
const variablesOfOthers: ReadonlySet<string> = new Set([
  'HATCHERY_API_URL',
  'HATCHERY_APP',
  'HATCHERY_CONFIG',
  'HATCHERY_PROCESS_TOKEN',
  'HATCHERY_PROFILE',
  'HATCHERY_TEST_INSTALL',
  'HATCHERY_TOKEN',
  'HATCHERY_TOKEN_FILE',
  'HATCHERY_URL',
])

export function readVariables(env: Environment, cwd: string): VariableReading {
  const readings = Object.entries(env)
    .filter(([name, text]) => name.startsWith('HATCHERY_') && text && !isOfOthers(name, text))
    .map(([name, text]) => readVariable(name, text ?? '', cwd))
  return { ...joined(readings), settingsFile: env[settingsFileVariable] || undefined }
}

function readVariable(name: string, text: string, folder: string): Reading {
  const setting = settingOfVariable.get(name)
  if (setting === undefined) return unknownSetting(name, name, settingOfVariable.keys())
  return checked({ setting, value: valueOfText(setting.schema, text), writtenAs: name, folder })
}

const isOfOthers = (name: string, text: string): boolean =>
  name === settingsFileVariable || variablesOfOthers.has(name) || isServiceLink(name, text)

/** What Kubernetes sets in every container beside a Service named `hatchery`: HATCHERY_PORT=tcp://10.0.0.7:4282 and more. */
const isServiceLink = (name: string, text: string): boolean =>
  /^HATCHERY_(SERVICE_(HOST|PORT)|PORT_[0-9]+_)/.test(name) ||
  (name === 'HATCHERY_PORT' && /^(tcp|udp|sctp):\/\//.test(text))
