/**
 * The official command line's YAML file, as far as it says flags: `rooms-per-process` below `deployment` counts as
 * HATHORA_DEPLOYMENT_ROOMS_PER_PROCESS does, and less than it. The connection in it is read with the other sources.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { usageFailure } from './failure.ts'
import type { Environment } from './settings.ts'

/** Sections that say where the server is. */
const others = new Set(['global', 'app'])

/** Throws a usage failure where the file cannot be read, or is no YAML with sections. */
export function variablesOfFile(cwd: string, file: string): Environment {
  const entries = sectionsOf(cwd, file).flatMap(([section, values]) =>
    Object.entries(values).map(
      ([key, value]) => [variableOf(section, key), textOf(value)] as const,
    ),
  )
  return Object.fromEntries(entries)
}

function sectionsOf(cwd: string, file: string): [string, object][] {
  const found: unknown = read(resolve(cwd, file), file)
  if (found === null) return []
  if (typeof found !== 'object') throw usageFailure(`${file} must have sections, as deployment:`)
  return Object.entries(found).filter(
    (entry): entry is [string, object] =>
      typeof entry[1] === 'object' && entry[1] !== null && !others.has(entry[0]),
  )
}

function read(path: string, file: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n')
    throw usageFailure(`${file} cannot be read: ${why}`)
  }
}

const variableOf = (section: string, key: string): string =>
  `HATHORA_${section}_${key}`.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase()

/** A list is divided by commas, as in the variable; of names and values each is `NAME=VALUE`. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',')
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return JSON.stringify(value)
  return Object.entries(value)
    .map(([name, one]) => `${name}=${textOf(one)}`)
    .join(',')
}
